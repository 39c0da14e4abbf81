"""What `hall import` does with the layout of a stall site: the same as the window's 导入摊位表."""

import argparse

from hall.commands.session import open_session


def load_stalls(arguments: argparse.Namespace, content: bytes) -> int:
    """The whole layout; what can be seen without the site's plan and categories is refused before anybody signs in."""
    from hall.rules.csv_table import decode
    from hall.rules.stall_file import FILE_TITLE, parse_stalls
    from hall.services.stall_reading import site_of
    from hall.services.stall_sites import place_stalls
    from hall.words import VENDOR_CATEGORIES

    parse_stalls(decode(content, FILE_TITLE), plan=None, categories=VENDOR_CATEGORIES, allowed=VENDOR_CATEGORIES)
    with open_session(arguments) as session:
        site = site_of(session.store, session.actor, code=arguments.code)
        many = place_stalls(
            session.store, session.actor, site_id=site.site_id, content=content, home=session.settings.home
        )
    print(f"摊位表已导入：{site.name}现有 {many} 个摊位。")
    return 0
