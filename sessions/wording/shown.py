"""What was shown on the projector, in words: walls and results, for the page of reading along and for the report."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..ballots.words import Label
from ..domain.documents import CardDoc, ItemDoc
from ..domain.reading_along import Shown, ShownRound, ShownRow, ShownStep
from ..enums import Reason
from .figures import say_balanced, say_everyone, say_groups
from .items import tell_about
from .words import in_language, name_aspect, name_reason, say, say_heading


@dataclass(frozen=True, slots=True)
class ToldCard:
    text: str
    pillar: str
    about: str
    sector: str
    """Empty where the card has no mark."""


@dataclass(frozen=True, slots=True)
class ToldGroup:
    name: str
    n: int


@dataclass(frozen=True, slots=True)
class ToldRow:
    place: int
    text: str
    about: str
    told: list[str]
    all: str
    balanced: str
    parts: list[str]
    """In the order of the groups."""
    differs: bool | None


@dataclass(frozen=True, slots=True)
class ToldRound:
    number: int
    meaning: str
    n: int | None
    """None: too few people voted, and nothing else is told."""
    late: str
    absent: str
    tested: bool
    groups: list[ToldGroup]
    pooled: bool
    told: list[str]
    ranked: bool
    rows: list[ToldRow]


def tell_card(card: CardDoc, shown: Shown) -> ToldCard:
    return ToldCard(
        text=card.text,
        pillar=in_language(shown.pillars[card.pillar], "short"),
        about=name_aspect(card.aspect),
        sector=in_language(shown.sectors[card.sector], "name") if card.sector else "",
    )


def say_hidden(step: ShownStep) -> str:
    """Return how many cards of a wall are redacted and why; "" where none is."""
    count = sum(step.hidden.values())
    if not count:
        return ""
    named = [reason for reason in map(Reason, step.hidden) if reason is not Reason.UNKNOWN]
    why = ", ".join(name_reason(reason) for reason in named)
    hidden = ngettext("%(n)s card hidden", "%(n)s cards hidden", count) % {"n": count}
    return f"{hidden}: {why}" if why else hidden


def name_sectors(sectors: list[str], shown: Shown) -> str:
    """Return the name of a group of O's."""
    return " + ".join(in_language(shown.sectors[sector], "name") for sector in sectors)


def tell_round(found: ShownRound, shown: Shown) -> ToldRound:
    result, voting = found.result, found.voting
    late = ngettext(
        "%(n)s ballot came after the result and is not in it.",
        "%(n)s ballots came after the result and are not in it.",
        result.late,
    )
    return ToldRound(
        number=found.number,
        meaning=_(voting.kind.meaning),
        n=result.n,
        late=late % {"n": result.late} if result.late else "",
        absent=name_sectors(result.absent, shown),
        tested=result.chance is not None,
        groups=[ToldGroup(name_sectors(group.sectors, shown), group.n) for group in result.groups],
        pooled=any(len(group.sectors) > 1 for group in result.groups),
        told=[say_heading(column) for column in voting.kind.columns(voting.rules)],
        ranked=voting.kind.is_ranked,
        rows=[_tell_row(row, found) for row in found.rows],
    )


def _tell_row(row: ShownRow, found: ShownRound) -> ToldRow:
    figures, voting = row.figures, found.voting
    return ToldRow(
        place=figures.place,
        text=say_item(row.item),
        about=tell_about(
            source=row.item.source,
            whose=row.item.whose,
            document=row.item.document,
            price=row.item.price,
        ),
        told=[str(figures.told.get(column.key, "–")) for column in voting.kind.columns(voting.rules)],
        all=say_everyone(voting, figures),
        balanced=say_balanced(voting, figures),
        # None where too few of a group answered this one.
        parts=say_groups(voting, figures) or ["–"] * len(found.result.groups),
        differs=figures.differs,
    )


def say_item(item: ItemDoc) -> str:
    """Return what an item says, in the language of the page where it has words in both."""
    if item.words is None:
        return item.text
    return say(Label(item.words.nl or item.text, item.words.en or item.text))


def say_conditions(told: ToldRound) -> list[str]:
    """Return the sentences that stand under the figures of a round."""
    said = [told.meaning, _("People chose their O themselves.")]
    if told.pooled:
        said.append(_("O’s with few voters are taken together."))
    if not told.groups:
        said.append(_("Too few people of each O voted to show them apart."))
    if told.absent:
        said.append(_("Nobody voted of: %(names)s.") % {"names": told.absent})
    return [*said, told.late] if told.late else said
