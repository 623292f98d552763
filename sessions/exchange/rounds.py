"""The rounds of a session and what they say, for the studio's screen and results.csv: both show exactly this."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models.functions import Coalesce

from ..ballots import Ballot, ballot_of
from ..domain.consent import may_tell_words
from ..domain.documents import ResultDoc
from ..domain.publication import Reader, read_figures
from ..domain.revealed import is_revealed
from ..enums import Role
from ..models import Round, RoundItem, Sector, Session
from .moments import StoredMoment


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item of a round, as it may be shown: what is redacted or withdrawn has no text."""

    item: str
    card: str | None
    """None: it has words of its own, and so neither pillar nor aspect."""
    text: str
    """Of its own words the Dutch, where there are."""
    text_en: str
    """Of its own words the English; empty of a card."""
    language: str
    pillar: int | None
    aspect: str | None
    hidden: bool
    kept: bool
    """Its words stay in the session, as people agreed: it has no text either."""
    whose: str
    document: str
    price: int | None


@dataclass(frozen=True, slots=True)
class RoundResult:
    round: Round
    entries: dict[str, ShownItem]
    result: ResultDoc

    @property
    def ballot(self) -> Ballot:
        return ballot_of(self.round.ballot)

    @property
    def state(self) -> str:
        if is_revealed(self.round):
            return "revealed"
        return "open" if self.round.closed_at is None else "closed"


def read_rounds(session: Session) -> list[Round]:
    """Return the rounds with their steps, in the order of the agenda."""
    rounds = Round.objects.filter(session=session).select_related("step")
    return list(rounds.order_by("step__position", "step__public_id", "number", "public_id"))


def read_results(
    *, rounds: Iterable[Round], sectors: Sequence[Sector], role: Role, threshold: int, consent: str
) -> list[RoundResult]:
    """Return the results of these rounds that this role may see. Four queries, however many rounds.

    `rounds`: with their steps. `sectors`: all of the programme, in order.
    """
    rounds = list(rounds)
    reader = Reader.CORE if role is Role.CORE else Reader.OTHERS
    figures = read_figures(rounds=rounds, sectors=sectors, reader=reader, threshold=threshold)
    entries = _read_entries(list(figures), consent=consent)
    return [
        RoundResult(round=found, entries=entries[found.pk], result=figures[found.pk])
        for found in rounds
        if found.pk in figures
    ]


def _read_entries(pks: list[int], *, consent: str) -> dict[int, dict[str, ShownItem]]:
    """Return round → item id → entry."""
    entries: dict[int, dict[str, ShownItem]] = {pk: {} for pk in pks}
    placed = (
        RoundItem.objects.filter(round__in=pks)
        .order_by("rank", "item__public_id")
        .values_list(
            "round_id",
            "item__public_id",
            "item__contribution__public_id",
            "item__contribution__text",
            "item__contribution__language",
            "item__contribution__pillar__number",
            "item__contribution__aspect",
            StoredMoment(Coalesce("item__contribution__hidden_at", "item__hidden_at")),
            StoredMoment("item__contribution__withdrawn_at"),
            "item__text_nl",
            "item__text_en",
            "item__whose",
            "item__document",
            "price",
        )
    )
    for round_pk, item, card, written, language, pillar, aspect, hidden_at, withdrawn_at, nl, en, *about in placed:
        text = written if card is not None else nl or en
        hidden = bool(hidden_at or withdrawn_at or not text)
        kept = not may_tell_words(consent, whose=about[0])
        entries[round_pk][item] = ShownItem(
            item,
            card,
            "" if hidden or kept else text,
            "" if hidden or kept else en,
            language or ("nl" if nl else "en"),
            pillar,
            aspect,
            hidden,
            kept,
            *about,
        )
    return entries
