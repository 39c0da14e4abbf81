"""Use cases: one public function is one transaction and one audit entry."""
