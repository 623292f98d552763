"""contributions.csv: one row per card, the redacted and withdrawn ones too, without their text."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..domain.consent import Content
from ..enums import Reason
from ..models import Contribution
from . import columns
from .cells import quote_cells
from .moments import StoredMoment, cut_to_minute, tell_stored
from .scope import Scope
from .sector_marks import shown_sectors
from .statements import SessionRows
from .table import CellType, Column, Reference, Table

COLUMNS = (
    *columns.WHICH_SESSION,
    columns.STEP,
    columns.STEP_TITLE_NL,
    columns.STEP_TITLE_EN,
    columns.CONTRIBUTION,
    Column("item", "id waaronder de kaart in stemming kwam", "id under which the card was voted on, if ever"),
    Column(
        "participant",
        "pseudoniem van wie de kaart schreef; leeg bij een genoteerde kaart",
        "pseudonym of who wrote the card; empty for a scribed card",
        core_only=True,
    ),
    Column(
        "sector",
        "sleutel van de O; leeg (behalve voor het kernteam) als te weinig mensen van die O meedoen, en altijd als bij"
        " deze sessie is afgesproken dat niemand hoort van welke O een kaart is",
        "key of the O; empty (except for the core team) when too few people of that O take part, and always where it"
        " was agreed that nobody is told of which O a card is",
    ),
    Column("sector_nl", "naam van die O, Nederlands", "name of that O, Dutch"),
    Column("sector_en", "naam van die O, Engels", "name of that O, English"),
    Column(
        "source",
        "own (eigen telefoon), scribed (genoteerd), imported of interview",
        "own (own phone), scribed, imported or interview",
    ),
    columns.PILLAR,
    columns.PILLAR_NUMBER,
    columns.PILLAR_NL,
    columns.PILLAR_EN,
    columns.ASPECT,
    Column("language", "taal waarin de kaart is geschreven", "language the card was written in"),
    Column(
        "state",
        "shown, redacted (door de begeleider verborgen) of withdrawn (door de schrijver ingetrokken)",
        "shown, redacted (hidden by the facilitator) or withdrawn (by the writer)",
    ),
    Column(
        "reason",
        "waarom verborgen: name (een naam of andere persoonsgegevens), off_topic, rude, double, of unknown (van vóór "
        "er redenen waren); anders leeg",
        "why redacted: name (a name or other personal data), off_topic, rude, double, or unknown (from before there "
        "were reasons); else empty",
    ),
    Column(
        "text",
        "de tekst; leeg als de kaart is verborgen of ingetrokken",
        "the text; empty when the card was redacted or withdrawn",
    ),
    Column(
        "created_at",
        "wanneer geschreven; op de minuut, behalve voor het kernteam",
        "when written; to the minute, except for the core team",
        type=CellType.MOMENT,
    ),
    Column("edited_at", "wanneer voor het laatst gewijzigd", "when last edited", type=CellType.MOMENT),
)

_NO_SECTOR = ("", "", "")

_CARDS = SessionRows(
    lambda session: (
        Contribution.objects.filter(session=session)
        .order_by("step__position", "step__public_id", "rank", "public_id")
        .values_list(
            "step__public_id",
            "step__title_nl",
            "step__title_en",
            "public_id",
            "item__public_id",
            "participant__public_id",
            "sector_id",
            "source",
            "pillar_id",
            "aspect",
            "language",
            "text",
            StoredMoment("created_at"),
            StoredMoment("edited_at"),
            StoredMoment("hidden_at"),
            "reason",
            StoredMoment("withdrawn_at"),
        )
    )
)


def tell_state(*, hidden: bool, withdrawn: bool) -> str:
    """Return the word for what became of a card; withdrawing outweighs redacting."""
    if withdrawn:
        return "withdrawn"
    return "redacted" if hidden else "shown"


def read_lines(scope: Scope) -> Iterator[str]:
    """Yield the lines: by step, then by the stored random number, never by arrival."""
    tell, names_people = _tell_moment(scope), scope.core and scope.may_hold(Content.PERSON)
    whole = scope.core and scope.may_hold(Content.SECTOR)
    marked = None if whole else shown_sectors(scope.session)
    sectors = {
        sector.pk: (sector.key, sector.name_nl, sector.name_en)
        for sector in scope.sectors
        if marked is None or sector.pk in marked
    }
    pillars = {pillar.pk: (pillar.public_id, pillar.number, pillar.name_nl, pillar.name_en) for pillar in scope.pillars}
    for (
        step, title_nl, title_en, card, item, writer, sector, source, pillar, aspect, language,
        text, created_at, edited_at, hidden_at, reason, withdrawn_at,
    ) in _CARDS.read(scope.session):  # fmt: skip
        if step in scope.practice:
            continue
        line = quote_cells(
            step,
            title_nl,
            title_en,
            card,
            item,
            *([writer if names_people else ""] if scope.core else []),
            *sectors.get(sector, _NO_SECTOR),
            source,
            *pillars[pillar],
            aspect,
            language,
            tell_state(hidden=bool(hidden_at), withdrawn=bool(withdrawn_at)),
            (reason or Reason.UNKNOWN.value) if hidden_at and not withdrawn_at else "",
            "" if hidden_at or withdrawn_at else text,
            tell(tell_stored(created_at)),
            tell(tell_stored(edited_at)),
        )
        yield f"{scope.which_session},{line}"


def _tell_moment(scope: Scope) -> Callable[[str], str]:
    """Return how precisely a moment is written. To the second, it would tell a card to who saw somebody write."""
    if not scope.may_hold(Content.SECTOR):
        return lambda _: ""
    return str if scope.core else cut_to_minute


TABLE = Table(
    name="contributions.csv",
    nl="Eén rij per kaart, ook verborgen en ingetrokken kaarten, zonder hun tekst.",
    en="One row per card, redacted and withdrawn cards included, without their text.",
    columns=COLUMNS,
    lines=read_lines,
    needs=Content.WORDS,
    unique=("contribution",),
    refers=(Reference("participant", "participants"),),
)
