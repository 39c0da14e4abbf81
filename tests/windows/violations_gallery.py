"""Draws the benchmark window: python -m tests.windows.violations_gallery FOLDER WIDTH HEIGHT"""

from dataclasses import replace
from datetime import date, datetime

from hall.clock import HALL_ZONE
from hall.resources import resource
from hall.rules.csv_table import decode
from hall.rules.people import Actor
from hall.rules.violations_file import FILE_TITLE, parse_violations
from hall.services.front import Front
from hall.services.queue_policy import queue_policy
from hall.services.violations import import_violations
from hall.store import Store
from hall.windows.violations import PAGES, ViolationsPage
from tests.windows.gallery_of_pages import Pictures, Place, draw_gallery

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=HALL_ZONE)


def stock(store: Store) -> None:
    """The shipped sample; half of it published, one with an older version, one that ended."""
    entries = parse_violations(decode(resource("violations/sample.csv").read_bytes(), FILE_TITLE))
    published = [
        replace(entry, published_on=date(2025, 12, 20), published_as="莲城管规〔2025〕9号") for entry in entries
    ]
    older = replace(published[1], valid_from=date(2024, 1, 1), tiers=entries[1].tiers[:2])
    published[3] = replace(published[3], valid_to=date(2026, 6, 30))
    admin = Actor(account_id=901, name="王五平", hall_id=store.hall_id, roles=frozenset({"administrator"}))
    import_violations(store, admin, violations=(older, *published[:11], *entries[11:]))


def draw(place: Place, pictures: Pictures) -> None:
    """Filters, a search, the panel, a refusal, nothing found."""
    stock(place.store)
    lawyer = Actor(account_id=902, name="陈法正", hall_id=place.store.hall_id, roles=frozenset({"legal_reviewer"}))
    front = Front(place.store, lawyer, place.home, queue_policy(place.home), slip=False)
    pictures.draw_pages(PAGES, front, "lawyer")
    window = pictures.open(PAGES, front)
    found, unpublished = window.pages[:2]
    assert isinstance(found, ViolationsPage)
    assert isinstance(unpublished, ViolationsPage)
    for text, name in (("桥梁 挂浮物", "found"), ("没有的案由", "nothing")):
        found.look_for(text)
        pictures.draw(window, name)
    found.look_for("")
    window.show_page(1)
    unpublished.list.table.selectAll()
    unpublished.list.buttons["publish"].click()
    pictures.draw(window, "publish")
    unpublished.panel.submit()
    pictures.draw(window, "publish-refused")


if __name__ == "__main__":
    draw_gallery(draw, now=NOW)
