"""What becomes of Markdown: no HTML of the writer's own, ids that are single, links only where they lead somewhere."""

from __future__ import annotations

import pytest

from sessions.views.markdown import Rendered, anchor_of, render_markdown


def render(text: str, *, taken: tuple[str, ...] = ()) -> Rendered:
    """Links within the page lead somewhere, others do not."""
    return render_markdown(text, lead=lambda to: {"href": to} if to.startswith("#") else None, taken=taken)


@pytest.mark.parametrize(
    "typed",
    ["<script>alert(1)</script>", "a <b onclick=x>b</b>", "# <i>t</i>", "| <u>a</u> |\n|---|\n| <u>b</u> |", "`<a>`"],
)
def test_html_is_shown_as_it_was_typed(typed: str) -> None:
    made = render(f"Before.\n\n{typed}").body
    assert "&lt;" in made
    for tag in ("<script", "<b", "<i", "<u>", "<a"):
        assert tag not in made


def test_the_first_heading_is_the_title() -> None:
    made = render("# A `guide` & more\n\nText.\n\n## Part")
    assert made.title == "A guide & more"
    assert made.body == '<p>Text.</p>\n<h2 id="part">Part</h2>\n'
    assert render("Text.").title == ""


def test_headings_of_one_name_have_ids_of_their_own() -> None:
    made = render("## Part\n\n### Part\n\n## Part 1\n\n## Main\n\n## …", taken=("main",))
    assert [(heading.id, heading.level) for heading in made.headings] == [
        ("part", 2), ("part-1", 3), ("part-1-1", 2), ("main-1", 2), ("part-2", 2),
    ]  # fmt: skip
    assert [heading.text for heading in made.headings] == ["Part", "Part", "Part 1", "Main", "…"]
    assert all(f' id="{heading.id}">' in made.body for heading in made.headings)


def test_anchors_are_those_of_the_places_where_documents_are_read() -> None:
    assert anchor_of("Small groups: why you sometimes see no figure") == "small-groups-why-you-sometimes-see-no-figure"
    assert anchor_of("In één minuut") == "in-één-minuut"


def test_of_a_link_that_leads_nowhere_the_words_stay() -> None:
    made = render("[one *two*](#part) and [three **four**](../operations.md), [five](javascript:x)")
    assert made.body == (
        '<p><a href="#part">one <em>two</em></a> and three <strong>four</strong>, [five](javascript:x)</p>\n'
    )


def test_quotes_are_those_of_print() -> None:
    assert render("An O's \"word\", `a's`.").body == "<p>An O’s “word”, <code>a's</code>.</p>\n"


def test_pictures_are_left_out() -> None:
    assert render("One ![two](three.png) four.").body == "<p>One  four.</p>\n"


def test_a_table_scrolls_by_itself_and_has_no_style() -> None:
    made = render("## About\n\n| a | b |\n|---|--:|\n| c | d |").body
    assert '<section class="wide" tabindex="0" aria-labelledby="about"><table>' in made.replace("\n", "")
    assert made.count('<th scope="col">') == 2
    assert made.count("<td>") == 2
    assert "style" not in made
    assert made.endswith("</table>\n</section>\n") or made.endswith("</table>\n</section>")


def test_two_tables_under_one_heading_have_names_of_their_own() -> None:
    made = render("## About\n\n| a | b |\n|---|--:|\n| c | d |\n\nThen\n\n| e | f |\n|---|--:|\n| g | h |").body
    assert 'aria-labelledby="about"' in made and 'aria-labelledby="about about-table-2"' in made
    assert made.count('id="about-table-2"') == 1 and made.index('id="about-table-2"') < made.index("e</th>")
