"""Programmes are made and set up on pages, by forms without a script: who may, what changes, what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from sessions.domain.parts_of_programme import add_sector, current_pillars, current_sectors, drop_sector
from sessions.management.demo import SLUG
from sessions.models import Member, Membership, Organisation, Programme, Sector, Session

from .conftest import join
from .programme_pages import ENGLISH, PROGRAMME

SETUP = f"{PROGRAMME}setup/"
GIVEN = {
    "name_en": "Harbour strategy",
    "languages": "en",
    "time_zone": "Europe/Amsterdam",
    "threshold": "4",
    "pillars_en": "Trade\nCity\nA very long name of a pillar that fits nowhere on a wall",
}
O_WORDS = {"name_nl": "Bewoners", "name_en": "Residents", "hint_en": "who live here", "shape": "cross"}


@pytest.fixture
def programme(session: Session) -> Programme:
    return session.programme


def first_pillar(programme: Programme) -> str:
    return f"{SETUP}pillars/{current_pillars(programme)[0].key}/"


PAGES = [
    # address, with GET or POST, and then: nobody, phone, facilitator, core, steering
    ("get", "/programmes/new/", ("signin", "signin", 403, 200, 403)),
    ("post", "/programmes/new/", ("signin", "signin", 403, 400, 403)),
    ("get", SETUP, ("signin", "signin", 403, 200, 403)),
    ("post", SETUP, ("signin", "signin", 403, 400, 403)),
    ("post", f"{SETUP}pillars/", ("signin", "signin", 403, 400, 403)),
    ("post", f"{SETUP}pillars/gone/", ("signin", "signin", 403, 409, 403)),
    ("post", f"{SETUP}sectors/", ("signin", "signin", 403, 400, 403)),
    ("post", f"{SETUP}sectors/gone/", ("signin", "signin", 403, 409, 403)),
    ("post", f"{SETUP}partners/", ("signin", "signin", 403, 302, 403)),
    ("post", f"{SETUP}privacy/", ("signin", "signin", 403, 302, 403)),
    ("post", f"{SETUP}archive/", ("signin", "signin", 403, 302, 403)),
    ("get", f"{PROGRAMME}members/", ("signin", "signin", 403, 200, 403)),
    ("post", f"{PROGRAMME}members/", ("signin", "signin", 403, 400, 403)),
    ("post", f"{PROGRAMME}members/0/", ("signin", "signin", 403, 400, 403)),
    ("post", f"{PROGRAMME}invitations/gone/withdraw/", ("signin", "signin", 403, 302, 403)),
]


@pytest.mark.parametrize(("method", "path", "expected"), PAGES, ids=lambda found: str(found)[-40:])
def test_who_may(
    session: Session,
    phone: Client,
    facilitator: Client,
    core: Client,
    steering: Client,
    method: str,
    path: str,
    expected: tuple[object, ...],
) -> None:
    seen: list[object] = []
    for browser in (Client(), phone, facilitator, core, steering):
        answer = getattr(browser, method)(path)
        place = answer.headers.get("Location", "")
        seen.append("signin" if place.startswith("/signin/") else answer.status_code)
    assert tuple(seen) == expected


@pytest.mark.parametrize("path", [path for _, path, _ in PAGES if path != "/programmes/new/"])
def test_the_core_team_of_another_programme_sees_none_of_it(elsewhere: Session, path: str) -> None:
    member = Member.objects.create_user("elsewhere")
    Membership.objects.create(programme=elsewhere.programme, member=member, role="core")
    browser = Client()
    browser.force_login(member)
    assert browser.get(path).status_code in (403, 405)
    assert browser.post(path).status_code == 403


def test_a_form_of_another_site_changes_nothing(programme: Programme, core: Client) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = core.cookies
    for method, path, _ in PAGES:
        if method == "post":
            assert browser.post(path, {"act": "drop"}).status_code == 403
    assert len(current_pillars(programme)) == 2


def test_a_programme_is_made(session: Session, core: Client) -> None:
    answer = core.post("/programmes/new/", GIVEN, headers=ENGLISH)
    made = Programme.objects.get(slug="harbour-strategy")
    assert answer.headers["Location"] == "/programmes/harbour-strategy/setup/"
    assert (made.name_nl, made.name_en, made.languages, made.threshold) == (
        "Harbour strategy",
        "Harbour strategy",
        "en",
        4,
    )
    assert [pillar.short_en for pillar in current_pillars(made)] == [
        "Trade",
        "City",
        "A very long name of a pillar that fits…",
    ]
    assert [sector.key for sector in current_sectors(made)] == ["onderwijs", "onderzoek", "ondernemers", "overheden"]
    assert made.memberships.get().role == "core"
    page = core.get(answer.headers["Location"], headers=ENGLISH).text
    assert "Name in Dutch" not in page and "Harbour strategy" in page
    # A session's form asks for one language as well.
    assert "Title in Dutch" not in core.get("/programmes/harbour-strategy/", headers=ENGLISH).text
    core.post("/programmes/harbour-strategy/", {"title_en": "Evening", "kind": "event", "start": "default"})
    session = made.sessions.get()
    assert (session.title_nl, session.title_en) == ("Evening", "Evening")
    assert core.post("/programmes/new/", GIVEN).headers["Location"] == "/programmes/harbour-strategy-2/setup/"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name_en": " "}, "Fill this in."),
        ({"name_en": "x" * 121}, "At most 120 characters."),
        ({"pillars_en": "\n \n"}, "Name at least one pillar, and at most 12."),
        ({"pillars_en": "\n".join("abcdefghijklm")}, "Name at least one pillar, and at most 12."),
        ({"pillars_nl": "Eén", "pillars_en": "One\nTwo"}, "As many lines as in Dutch, or none."),
        ({"threshold": "2"}, "A number from 3 to 50."),
        ({"threshold": "1e9"}, "A number from 3 to 50."),
        ({"time_zone": "Mars/Olympus"}, "There is no such time zone."),
        ({"languages": "fr"}, "Choose one of these."),
    ],
)
def test_a_programme_is_not_made(session: Session, core: Client, wrong: dict[str, str], said: str) -> None:
    answer = core.post("/programmes/new/", GIVEN | wrong, headers=ENGLISH)
    assert answer.status_code == 400
    assert said in answer.text
    assert Programme.objects.count() == 1


def changed(programme: Programme) -> dict[str, str]:
    """Return the form of the programme as its page shows it."""
    values = {
        "name_nl": programme.name_nl,
        "name_en": programme.name_en,
        "languages": programme.languages,
        "time_zone": programme.time_zone,
        "threshold": str(programme.threshold),
        "slug": programme.slug,
    }
    return values | {f"was_{name}": value for name, value in values.items()}


def test_a_programme_is_changed(programme: Programme, core: Client) -> None:
    answer = core.post(SETUP, changed(programme) | {"name_en": "New name", "slug": "new-name", "threshold": "3"})
    assert answer.headers["Location"] == "/programmes/new-name/setup/?done=saved"
    programme.refresh_from_db()
    assert (programme.name_nl, programme.name_en, programme.threshold) == ("Kennispark Twente", "New name", 3)
    assert "Saved." in core.get(answer.headers["Location"], headers=ENGLISH).text


def test_two_edit_at_once_and_no_word_is_lost(programme: Programme, core: Client) -> None:
    shown = changed(programme)
    core.post(SETUP, shown | {"name_nl": "Eerst"})
    core.post(SETUP, shown | {"name_en": "Second"})
    programme.refresh_from_db()
    assert (programme.name_nl, programme.name_en) == ("Eerst", "Second")


def test_an_address_is_one_programmes(programme: Programme, elsewhere: Session, core: Client) -> None:
    for slug, status in (("elders", 409), ("new", 400), ("Not a slug", 400), ("", 400)):
        assert core.post(SETUP, changed(programme) | {"slug": slug}, headers=ENGLISH).status_code == status
    programme.refresh_from_db()
    assert programme.slug == SLUG


def test_the_threshold_is_no_field_once_somebody_took_part(programme: Programme, core: Client, phone: Client) -> None:
    page = core.get(SETUP, headers=ENGLISH).text
    assert 'name="threshold"' not in page and "It stays so, for people took part under it." in page
    core.post(SETUP, changed(programme) | {"threshold": "3"})
    programme.refresh_from_db()
    assert programme.threshold == 5


def test_pillars(programme: Programme, core: Client) -> None:
    def names() -> list[str]:
        return [pillar.short_en for pillar in current_pillars(programme)]

    core.post(f"{SETUP}pillars/", {"name_en": "Third <one>"})
    assert names() == ["Profile and brand", "Top location", "Third <one>"]
    assert "Third &lt;one&gt;" in core.get(SETUP, headers=ENGLISH).text
    core.post(first_pillar(programme), {"act": "down"})
    assert names() == ["Top location", "Profile and brand", "Third <one>"]
    core.post(first_pillar(programme), {"act": "up"})
    assert names()[0] == "Top location", "the first one stays where it is"
    core.post(first_pillar(programme), {"act": "save", "name_nl": "Nieuw", "was_name_nl": "Oud", "short_en": ""})
    assert current_pillars(programme)[0].name_nl == "Nieuw"
    for _ in range(3):
        answer = core.post(first_pillar(programme), {"act": "drop"}, headers=ENGLISH)
    assert answer.status_code == 409 and "A programme has at least one pillar." in answer.text
    assert [pillar.number for pillar in current_pillars(programme)] == [1]


def test_sectors(programme: Programme, core: Client) -> None:
    core.post(f"{SETUP}sectors/", O_WORDS)
    made = current_sectors(programme)[-1]
    assert (made.key, made.shape, made.letter_nl, made.letter_en) == ("bewoners", "cross", "B", "R")
    assert (made.hint_nl, made.hint_en) == ("", "who live here")
    join(Client(), programme.sessions.get(), "bewoners")
    page = f"{SETUP}sectors/bewoners/"
    shown = {"name_nl": "Bewoners", "was_name_nl": "Bewoners", "name_en": "Residents", "was_name_en": "Residents"}
    letters = {"letter_nl": "B", "was_letter_nl": "B", "letter_en": "R", "was_letter_en": "R"}
    fixed = shown | letters | {"was_shape": "cross", "act": "save"}
    assert core.post(page, fixed | {"shape": "slant", "name_en": "People"}).status_code == 302
    assert [(row.shape, row.name_en, row.until) for row in Sector.objects.filter(key="bewoners").order_by("pk")] == [
        ("cross", "Residents", 2),
        ("slant", "People", None),
    ]
    answer = core.post(page, fixed | {"shape": "circle"}, headers=ENGLISH)
    assert answer.status_code == 400 and "Choose one of these." in answer.text


def test_a_mark_that_somebody_else_took_meanwhile(programme: Programme, core: Client) -> None:
    """The form was shown while the shape was free; the domain says no, whatever the form knew."""
    add_sector(programme.pk, shape="cross", name_nl="A", name_en="A", letter_nl="A", letter_en="A")
    answer = core.post(f"{SETUP}sectors/", O_WORDS, headers=ENGLISH)
    assert answer.status_code == 400
    assert current_sectors(programme)[-1].key == "a"


def test_an_o_that_somebody_else_took_out_meanwhile(programme: Programme, core: Client) -> None:
    drop_sector(programme.pk, key="overheden")
    answer = core.post(f"{SETUP}sectors/overheden/", O_WORDS | {"act": "save"}, headers=ENGLISH)
    assert answer.status_code == 409 and "Somebody else took it out meanwhile." in answer.text
    assert core.post(f"{SETUP}sectors/overheden/", {"act": "drop"}).status_code == 302


def test_partners(programme: Programme, core: Client) -> None:
    was = "\n".join(Organisation.objects.values_list("name", flat=True))
    core.post(f"{SETUP}partners/", {"was_partners": was, "partners": was.replace("Novel-T", "Saxion") + "\nSaxion"})
    core.post(f"{SETUP}partners/", {"was_partners": was, "partners": was + "\nROC"})
    names = list(Organisation.objects.values_list("name", flat=True))
    assert names == ["Universiteit Twente", "gemeente Enschede", "provincie Overijssel", "Saxion", "ROC"]


def test_an_archived_programme_takes_nobody_and_nothing_new(session: Session, core: Client) -> None:
    core.post(f"{SETUP}archive/", {"on": "1"})
    session.refresh_from_db()
    assert session.archived_at is not None
    page = core.get(PROGRAMME, headers=ENGLISH).text
    assert "This programme is archived." in page and "New session" not in page
    made: Any = {"title_en": "Evening", "kind": "event", "start": "default"}
    assert core.post(PROGRAMME, made).status_code == 403
    for act in ("duplicate", "rehearse"):
        assert core.post(f"{PROGRAMME}sessions/{session.code}/{act}/").status_code == 403
    assert Client().get(f"/join/{session.code}/").status_code == 403
    core.post(f"{SETUP}archive/")
    assert "New session" in core.get(PROGRAMME, headers=ENGLISH).text


def test_the_join_page_shows_what_holds(session: Session, core: Client) -> None:
    core.post(f"{SETUP}sectors/", O_WORDS)
    before = Client().get(f"/join/{session.code}/", headers=ENGLISH).text
    assert "Residents" in before and 'data-shape="cross"' in before
    join(Client(), session, "onderwijs")
    core.post(f"{SETUP}sectors/bewoners/", {"act": "drop"})
    assert "Residents" in Client().get(f"/join/{session.code}/", headers=ENGLISH).text, "this session began with it"
    assert "Residents" not in core.get(SETUP, headers=ENGLISH).text
