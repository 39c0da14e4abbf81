"""What all windows share: palette, spacing, tables, forms, hotkeys."""
