"""words.csv: short answers as the room saw them, counted when they are the same."""

from __future__ import annotations

from collections.abc import Iterator

from ..domain.audience import may_see_summary
from ..domain.consent import Content
from ..domain.kind import kind_of
from ..domain.state import State
from ..enums import Audience
from . import columns
from .cells import quote_cells
from .scope import Scope
from .table import CellType, Column, Table

COLUMNS = (
    *columns.WHICH_SESSION,
    columns.STEP,
    columns.STEP_TITLE_NL,
    columns.STEP_TITLE_EN,
    Column(
        "place",
        "plaats: het vaakst genoemde is 1; wat even vaak is genoemd deelt een plaats",
        "place: the most said is 1; what was said as often shares a place",
        type=CellType.WHOLE,
    ),
    Column(
        "word",
        "het antwoord, in de spelling van de meesten; hoofdletters, accenten en spaties maken geen verschil",
        "the answer, in the spelling of most; capitals, accents and spaces make no difference",
    ),
    Column("heads", "mensen die het noemden", "people who said it", type=CellType.WHOLE),
    Column("of", "mensen die antwoordden", "people who answered", type=CellType.WHOLE),
)


def read_lines(scope: Scope) -> Iterator[str]:
    """Yield the lines of every step whose words were shown to the room, in the order of the agenda."""
    shown = [step for step in scope.steps if may_see_summary(step, Audience.PHONE)]
    if not shown:
        return
    state = State.load_agenda(scope.session.pk)
    for step in shown:
        summary = kind_of(step).summary(state=state, step=step, whole=True)
        if summary is None:
            continue
        place, before = 0, None
        for number, word in enumerate(summary.words, start=1):
            place, before = (place, before) if word.n == before else (number, word.n)
            cells = (step.public_id, step.title_nl, step.title_en, place, word.text, word.n, summary.people)
            yield f"{scope.which_session},{quote_cells(*cells)}"


TABLE = Table(
    name="words.csv",
    nl="Eén rij per kort antwoord van elke vraag waarvan de antwoorden zijn getoond, het vaakst genoemde eerst.",
    en="One row per short answer of every question whose answers were shown, the most said first.",
    columns=COLUMNS,
    lines=read_lines,
    needs=Content.WORDS,
    unique=("step", "word"),
)
