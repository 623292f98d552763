"""The facilitator's guide as pages: all of it is there, every link leads somewhere, and it needs no database."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin

import pytest
from django.conf import settings
from django.test import Client

from sessions.models import Session
from sessions.views.checks import check_guide
from sessions.views.guide import DOCUMENTS, LANGUAGES, guide_file, read_guide
from sessions.views.markdown import anchor_of

from ..docs.reading import anchors_of, prose_of


class Page(HTMLParser):
    """Ids, targets of links and the text of headings."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[str] = []
        self._inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [found["id"] or ""] if "id" in found else []
        self.links += [found["href"] or ""] if tag == "a" else []
        if re.fullmatch(r"h\d", tag):
            self._inside = True
            self.headings.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and not re.fullmatch(r"h\d", tag)

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.headings[-1] += data


ADDRESSES = {"facilitator": "/guide/", "ballots": "/guide/ballots/", "report": "/guide/report/"}
FEWEST_HEADINGS = {"facilitator": 15, "ballots": 15, "report": 4}
FEWEST_CELLS = {"facilitator": 40, "ballots": 40, "report": 15}
FEWEST_LINKS = {"facilitator": 20, "ballots": 15, "report": 2}
EVERY = pytest.mark.parametrize("document", DOCUMENTS)


def page_in(client: Client, language: str, document: str = "facilitator") -> str:
    answer = client.get(ADDRESSES[document], headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert answer.headers["Content-Language"] == language
    return answer.text


@EVERY
@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_of_the_guide_stands_on_the_page(client: Client, language: str, document: str) -> None:
    """Nothing here opens the database: the guide is read when that is away, too."""
    text = page_in(client, language, document)
    page, prose = Page(text), prose_of(guide_file(document, language))
    headings = re.findall(r"^#+ (.+)$", prose, flags=re.MULTILINE)
    assert len(headings) > FEWEST_HEADINGS[document]
    assert set(page.headings) >= {heading.replace("'", "’") for heading in headings}
    title, *parts = (anchor_of(heading) for heading in headings)
    assert set(page.ids) >= anchors_of(guide_file(document, language)) - {title} == set(parts)
    tables = re.findall(r"^\|.+\n\|[-|]+\n((?:\|.+\n)+)", prose, flags=re.MULTILINE)
    cells = sum(row.count("|") - 1 for rows in tables for row in rows.splitlines())
    assert len(re.findall(r"<td>", text)) == cells > FEWEST_CELLS[document]
    assert "style=" not in text and "<script" not in text


@EVERY
@pytest.mark.parametrize("language", LANGUAGES)
def test_its_ids_are_single_and_its_links_lead_somewhere(client: Client, language: str, document: str) -> None:
    page = Page(page_in(client, language, document))
    assert len(page.ids) == len(set(page.ids))
    inside = [unquote(link[1:]) for link in page.links if link.startswith("#")]
    assert set(inside) <= set(page.ids)
    assert len(inside) > FEWEST_LINKS[document], "the contents, and links in the text"
    outside = [link for link in page.links if not link.startswith("#")]
    assert outside
    for link in outside:
        answer = client.get(urljoin(ADDRESSES[document], link))
        # To itself in another language, or to the other document.
        wanted = (302, ADDRESSES[document]) if link.startswith("?") else (200, None)
        assert (answer.status_code, answer.headers.get("Location")) == wanted


def test_the_language_is_that_of_the_page(client: Client) -> None:
    """Chosen on the page and kept, as everywhere."""
    assert "Handleiding voor de begeleider</h1>" in page_in(client, "nl")
    client.get("/guide/?lang=en")
    assert "Facilitator’s guide</h1>" in client.get("/guide/", headers={"Accept-Language": "nl"}).text


def test_it_is_made_once() -> None:
    assert read_guide("ballots", "nl") is read_guide("ballots", "nl")


def test_a_program_without_it_does_not_start(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    assert check_guide() == []
    monkeypatch.setattr(settings, "BASE_DIR", tmp_path)
    assert [found.id for found in check_guide()] == ["workshop.E002"]


@pytest.mark.parametrize("place", ["/programmes/kennispark/", "/programmes/kennispark/sessions/{code}/"])
def test_the_studio_leads_to_it_in_a_tab_of_its_own(session: Session, facilitator: Client, place: str) -> None:
    page = facilitator.get(place.format(code=session.code)).text
    assert re.search(r'<a [^>]*href="/guide/" target="_blank" rel="noopener">Handleiding<span', page)
