"""What was said: how many cards of each pillar and aspect, and the cards themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ....domain.consent import Content, may_hold
from ....domain.documents import CardDoc
from ....domain.reading_along import ShownStep
from ....enums import Aspect
from ....wording.shown import say_hidden
from ....wording.words import in_language, name_aspect
from ...pictures.counted import draw_counted
from ...pictures.of_round import in_numbers, say_source
from ..document import Block, Cell, Grid, Heading, MarkCell, Paragraph
from ..facts import Facts


def tell_said(facts: Facts) -> list[Block]:
    steps = facts.shown.steps
    cards = [card for step in steps for card in step.cards]
    blocks: list[Block] = []
    if cards:
        blocks += _count_cards(facts, cards)
        blocks += [Paragraph(said, is_note=True) for said in _say_all_hidden(steps)]
        if facts.has_texts:
            blocks += _list_cards(facts, cards)
        elif may_hold(facts.session.consent, Content.WORDS):
            blocks.append(Paragraph(_("The cards themselves are in the report of whoever runs sessions.")))
        else:
            blocks.append(Paragraph(_("The cards themselves stay in the room, as people agreed when they joined.")))
    for step in steps:
        blocks += _tell_words(facts, step)
        if facts.has_texts:
            blocks += _tell_questions(step)
    return blocks or [Paragraph(_("No card and no answer was shown."))]


def _count_cards(facts: Facts, cards: Sequence[CardDoc]) -> list[Block]:
    counts = Counter((card.pillar, card.aspect) for card in cards)
    aspects = [aspect for aspect in Aspect if any(found == aspect for _pillar, found in counts)]
    rows = [
        [in_language(pillar, "name"), *(str(counts[pillar.public_id, aspect]) for aspect in aspects)]
        for pillar in facts.pillars
    ]
    head = [_("Pillar"), *(_begin(name_aspect(aspect)) for aspect in aspects)]
    said = ngettext("%(n)s card was shown to the room.", "%(n)s cards were shown to the room.", len(cards))
    numbers = frozenset(range(1, len(head)))
    return [
        Paragraph(said % {"n": len(cards)}),
        Grid(_("Cards by pillar and by what they are about"), head, rows, numbers=numbers),
    ]


def _begin(text: str) -> str:
    return text[:1].upper() + text[1:]


def _say_all_hidden(steps: Iterable[ShownStep]) -> list[str]:
    return [f"{in_language(step.step, 'title')}: {said}." for step in steps if (said := say_hidden(step))]


def _list_cards(facts: Facts, cards: Sequence[CardDoc]) -> list[Block]:
    blocks: list[Block] = []
    for pillar in facts.pillars:
        own = [card for card in cards if card.pillar == pillar.public_id]
        if not own:
            continue
        blocks.append(Heading(2, in_language(pillar, "name")))
        for aspect in Aspect:
            about = [card for card in own if card.aspect == aspect]
            if about:
                caption = f"{in_language(pillar, 'short')}, {name_aspect(aspect)}"
                rows = [[_tell_sector(card, facts), card.text] for card in about]
                blocks.append(Grid(caption, [_("O"), _("Card")], rows, names=1))
    if any(card.sector is None for card in cards):
        blocks.append(Paragraph(_("A card without a mark is of an O of which too few people take part."), is_note=True))
    return blocks


def _tell_sector(card: CardDoc, facts: Facts) -> Cell:
    if card.sector is None:
        return "–"
    sector = facts.shown.sectors[card.sector]
    return MarkCell(sector.shape, in_language(sector, "letter"), in_language(sector, "name"))


def _tell_words(facts: Facts, step: ShownStep) -> list[Block]:
    """Short answers, counted."""
    if step.words is None:
        return []
    title = in_language(step.step, "title")
    if step.words.people is None:
        return [Heading(2, title), Paragraph(_("Too few people answered to show what they said."))]
    n = step.words.people
    said = ngettext("%(n)s person answered", "%(n)s people answered", n) % {"n": n}
    words = [(word.text, word.n) for word in step.words.words]
    rows = [[text, str(people)] for text, people in words]
    table = Grid(f"{title}: {said}", [_("Answer"), _("People")], rows, numbers=frozenset({1}))
    foot = [f"{said}.", say_source(facts.session, step.step.revealed_at or step.step.closed_at)]
    picture = draw_counted(title=table.caption, words=words, table=in_numbers(table), foot=foot)
    blocks: list[Block] = [Heading(2, title), picture]
    if step.words.others:
        other = ngettext(
            "%(n)s other answer was given by fewer people.",
            "%(n)s other answers were given by fewer people.",
            step.words.others,
        )
        blocks.append(Paragraph(other % {"n": step.words.others}, is_note=True))
    return blocks


def _tell_questions(step: ShownStep) -> list[Block]:
    """Questions from the room, the most supported first."""
    if not step.questions:
        return []
    rows = [[item.text, str(n), _("yes") if item.answered else "–"] for item, n in step.questions]
    head = [_("Question"), _("Support"), _("Answered")]
    return [
        Heading(2, in_language(step.step, "title")),
        Grid(_("Questions from the room"), head, rows, numbers=frozenset({1})),
    ]
