"""Generators of random commands: sensible, late, wrongly addressed, malformed."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import strategies as st

from .clock import START_MS
from .model import PHONE, Model

Doc = dict[str, Any]
Draw = Callable[[st.SearchStrategy[Any]], Any]
NOBODY = "000000000000"
WEIGHTS = {
    "card.write": 6, "card.edit": 3, "card.withdraw": 4, "vote.cast": 14, "sector.change": 1,
    "step.open": 7, "step.close": 3, "step.reveal": 6, "step.undo": 7, "step.seal": 2,
    "round.add": 3, "round.remove": 1,
    "stage.show": 4,
    "clock.add": 2, "clock.pause": 3, "clock.start": 2,
    "card.redact": 4, "card.restore": 3, "card.classify": 2, "card.scribe": 3, "card.tick": 6,
    "participant.retire": 4, "participant.restore": 2, "participant.move": 2,
    "participant.retire_silent": 1, "participant.restore_silent": 1,
    "session.lock": 1, "session.edit": 2,
    "request.admit": 2, "request.admit_all": 1, "request.refuse": 1, "request.refuse_all": 1,
    "agenda.add": 2, "agenda.edit": 3, "agenda.move": 1, "agenda.remove": 2,
}  # fmt: skip
REASONS = ("name", "off_topic", "rude", "double")
ASPECTS = ("hardware", "software", "both", "unsure")
SETTINGS = {"collect": ("silent", "max_cards"), "vote": ("live", "budget", "max_per_item")}


class Commands:
    """Draws what a person or a member may ask for next, by what the model knows."""

    def __init__(self, model: Model, foreign: Sequence[str]) -> None:
        self.model = model
        self.foreign = [*foreign, NOBODY]
        """Ids of another session, and one that nobody has."""
        self._numbers = itertools.count(1)
        self.words: set[str] = set()
        """Every text and title ever drawn."""

    def content(self, draw: Draw, do: str, who: int) -> Doc:
        """Return what the command says. `who`: the person, 0 for a member."""
        method: Callable[[Draw, int], Doc] = getattr(self, "_" + do.replace(".", "_"))
        return method(draw, who)

    # -- choosing ------------------------------------------------------------------------------------------------

    def _one(self, draw: Draw, *pools: Sequence[str]) -> str:
        """Draw from the first pools most often, from what is not there sometimes."""
        choices = [name for pool in pools for name in pool]
        if not choices or draw(st.integers(0, 19)) == 19:
            choices = self.foreign
        return str(draw(st.sampled_from(choices)))

    def _steps(self, *kinds: str) -> list[str]:
        return [step.id for step in self.model.steps.values() if not kinds or step.kind in kinds]

    def _open(self, kind: str) -> list[str]:
        """Return steps of a kind that are open, several times: most commands are about them."""
        return [s.id for s in self.model.steps.values() if (s.kind, s.state) == (kind, "open")] * 6

    def _text(self, draw: Draw) -> str:
        if draw(st.integers(0, 29)) == 29:
            return str(draw(st.sampled_from(["", "  \t ", "a\x00b", "é" * 240])))
        text = f"woorden {next(self._numbers)}"
        self.words.add(text)
        return text

    def _title(self) -> str:
        title = f"titel {next(self._numbers)}"
        self.words.add(title)
        return title

    def _pillar(self, draw: Draw) -> str:
        return self._one(draw, self.model.pillars)

    def _some(self, draw: Draw, **fields: Callable[[], Any]) -> Doc:
        """Draw some of these fields."""
        return {name: make() for name, make in fields.items() if draw(st.booleans())}

    # -- of a phone ----------------------------------------------------------------------------------------------

    def _card_write(self, draw: Draw, who: int) -> Doc:
        step = self._one(draw, self._open("collect"), self._steps("collect"), self._steps())
        content = {"step": step, "text": self._text(draw), "aspect": draw(st.sampled_from(ASPECTS)), "lang": "nl"}
        return content | ({"pillar": self._pillar(draw)} if draw(st.integers(0, 5)) else {})

    def _card_edit(self, draw: Draw, who: int) -> Doc:
        return {"card": self._own_card(draw, who)} | self._some(
            draw,
            text=lambda: self._text(draw),
            aspect=lambda: draw(st.sampled_from(ASPECTS)),
            pillar=lambda: self._pillar(draw),
        )

    def _card_withdraw(self, draw: Draw, who: int) -> Doc:
        return {"card": self._own_card(draw, who)}

    def _own_card(self, draw: Draw, who: int) -> str:
        mine = [card.id for card in self.model.cards.values() if card.author == who]
        return self._one(draw, mine * 4, [name for name in self._named() if name in mine] * 8, list(self.model.cards))

    def _vote_cast(self, draw: Draw, who: int) -> Doc:
        rounds = self.model.rounds
        open_ = [name for name, found in rounds.items() if found.opened and not found.revealed]
        round_ = self._one(draw, open_ * 6, list(rounds))
        placed = rounds[round_].cards if round_ in rounds else set()
        items = [item for item, card in self.model.items.items() if card in placed]
        mine = [vote.tap for (_, _, person), vote in self.model.votes.items() if person == who]
        newest = max(mine, default=0)
        tap = draw(st.sampled_from([newest + 1, newest + 1, newest + 1, newest + 2, newest, max(0, newest - 1), 0]))
        value = draw(st.sampled_from([1, 1, 1, 0, 2, 3]))
        voted = {what for (where, what, person), vote in self.model.votes.items() if (where, person) == (round_, who)}
        fresh = [item for item in items if self.model.items[item] not in voted]
        item = self._one(draw, items * 4, fresh * 8, list(self.model.items))
        return {"round": round_, "item": item, "value": value, "tap": tap}

    def new_dot(self, draw: Draw, who: int) -> Doc | None:
        """Return a vote that will be taken, where there is anything to vote on."""
        takes = [found for found in self.model.rounds.values() if found.opened and found.closed_at is None]
        placed = [(found.id, item) for found in takes for item, card in self.model.items.items() if card in found.cards]
        if not placed:
            return None
        round_, item = draw(st.sampled_from(placed))
        mine = [vote.tap for (_, _, person), vote in self.model.votes.items() if person == who]
        return {"round": round_, "item": item, "value": 0, "tap": max(mine, default=0) + 1}

    def every_dot(self, draw: Draw, who: int) -> list[Doc]:
        """Return a dot on each item of a round that takes votes, one tap after the other: more than most have."""
        takes = [found for found in self.model.rounds.values() if found.opened and not found.revealed]
        if not takes:
            return []
        round_ = draw(st.sampled_from(takes))
        items = [item for item, card in self.model.items.items() if card in round_.cards]
        newest = max((vote.tap for (_, _, person), vote in self.model.votes.items() if person == who), default=0)
        return [
            {"round": round_.id, "item": item, "value": 1, "tap": newest + n} for n, item in enumerate(items, start=1)
        ]

    def _sector_change(self, draw: Draw, who: int) -> Doc:
        return {"sector": self._one(draw, self.model.sectors)}

    # -- of a console --------------------------------------------------------------------------------------------

    def _any_step(self, draw: Draw, who: int) -> Doc:
        now = [self.model.now] * 3 if self.model.now else []
        return {"step": self._one(draw, now, self._steps())}

    def _step_open(self, draw: Draw, who: int) -> Doc:
        return {"step": self._one(draw, self._steps("collect", "vote", "reveal") * 2, self._steps())}

    _step_close = _clock_pause = _clock_start = _any_step

    def _step_reveal(self, draw: Draw, who: int) -> Doc:
        return {"step": self._one(draw, self._open("vote"), self._steps("vote") * 2, self._steps())}

    def _step_seal(self, draw: Draw, who: int) -> Doc:
        closed = [step.id for step in self.model.steps.values() if step.state == "closed"]
        possible: list[Doc] = [{}, {"confirmed": 2, "of": 3, "whole": True}]
        impossible: list[Doc] = [{"confirmed": 4, "of": 3}, {"confirmed": 0}, {"of": 3}]
        counted = draw(st.sampled_from(possible * 4 + impossible))
        return {"step": self._one(draw, closed * 4, self._steps())} | counted

    def _step_undo(self, draw: Draw, who: int) -> Doc:
        return {}

    def _clock_add(self, draw: Draw, who: int) -> Doc:
        return self._any_step(draw, who) | {"seconds": draw(st.sampled_from([60, -60, 3600, -3600, 0]))}

    def _stage_show(self, draw: Draw, who: int) -> Doc:
        now = self.model.steps.get(self.model.now or "")
        on = [] if now is None else [(now.subject if now.kind == "reveal" else None) or now.id]
        return {"step": self._one(draw, on * 12, self._steps())} | self._some(
            draw,
            picture=lambda: draw(st.sampled_from(["heads", "equal", "apart", "change"])),
            first=lambda: self._maybe(draw, self._hung(on) * 3 + list(self.model.cards)),
            held=lambda: draw(st.booleans()),
            card=lambda: self._maybe(draw, list(self.model.cards)),
        )

    def _hung(self, steps: list[str]) -> list[str]:
        return [card.id for card in self.model.cards.values() if card.step in steps]

    def _named(self) -> list[str]:
        """Return the cards that the projectors' page, or what is large there, is named by."""
        stage = self.model.stage or {}
        return [name for name in (stage.get("first"), stage.get("card")) if name in self.model.cards]

    def _any_card(self, draw: Draw, who: int) -> Doc:
        return {"card": self._one(draw, self._named() * 3, list(self.model.cards))}

    def _card_redact(self, draw: Draw, who: int) -> Doc:
        return self._any_card(draw, who) | {"reason": draw(st.sampled_from(REASONS))}

    def _card_restore(self, draw: Draw, who: int) -> Doc:
        redacted = [card.id for card in self.model.cards.values() if card.reason]
        return {"card": self._one(draw, redacted * 4, list(self.model.cards))}

    def _card_classify(self, draw: Draw, who: int) -> Doc:
        return self._any_card(draw, who) | self._some(
            draw, pillar=lambda: self._pillar(draw), aspect=lambda: draw(st.sampled_from(ASPECTS))
        )

    def _card_scribe(self, draw: Draw, who: int) -> Doc:
        return self._card_write(draw, who) | {"sector": self._one(draw, self.model.sectors)}

    def _card_tick(self, draw: Draw, who: int) -> Doc:
        round_ = self._one(draw, list(self.model.rounds))
        return {"round": round_, "card": self._any_card(draw, who)["card"], "on": draw(st.integers(0, 3)) > 0}

    def _round_add(self, draw: Draw, who: int) -> Doc:
        shown = [found.step for found in self.model.rounds.values() if found.revealed]
        step = self._one(draw, shown * 6, self._steps("vote"), self._steps())
        if draw(st.booleans()):
            return {"step": step}
        return {"step": step, "items": sorted({self._one(draw, list(self.model.items)) for _ in range(2)})}

    def _round_remove(self, draw: Draw, who: int) -> Doc:
        later = [found.id for found in self.model.rounds.values() if found.number > 1]
        return {"round": self._one(draw, later * 4, list(self.model.rounds))}

    def _any_person(self, draw: Draw, who: int) -> Doc:
        return {"participant": self._one(draw, [person.id for person in self.model.people.values()])}

    _participant_retire = _participant_restore = _any_person

    def _participant_retire_silent(self, draw: Draw, who: int) -> Doc:
        joined = [person.joined for person in self.model.people.values()]
        return {"since": START_MS + draw(st.sampled_from([0, *joined, 10**9]))}

    def _participant_restore_silent(self, draw: Draw, who: int) -> Doc:
        times = [person.retired_at for person in self.model.people.values() if person.retired]
        return {"at": START_MS + draw(st.sampled_from([0, *times]))}

    def _participant_move(self, draw: Draw, who: int) -> Doc:
        return self._any_person(draw, who) | self._sector_change(draw, who)

    def _session_lock(self, draw: Draw, who: int) -> Doc:
        return {"on": draw(st.booleans())}

    def _session_edit(self, draw: Draw, who: int) -> Doc:
        return self._some(
            draw,
            title_nl=lambda: draw(st.sampled_from(["Avond", " Een andere  avond ", " "])),
            kind=lambda: draw(st.sampled_from(["workshop", "event"])),
            planned_at=lambda: draw(st.sampled_from([None, 1_800_000_000_000])),
            approval=lambda: draw(st.booleans()),
        )

    def _one_request(self, draw: Draw, who: int) -> Doc:
        return {"request": self._one(draw, [asked.id for asked in self.model.requests.values() if asked.id])}

    def _until_request(self, draw: Draw, who: int) -> Doc:
        asked = [asked.asked for asked in self.model.requests.values()]
        return {"until": START_MS + draw(st.sampled_from([0, *asked, 10**9]))}

    _request_admit = _request_refuse = _one_request
    _request_admit_all = _request_refuse_all = _until_request

    def _agenda_add(self, draw: Draw, who: int) -> Doc:
        kind = draw(st.sampled_from(["collect", "vote", "vote", "reveal", "reveal", "break", "welcome"]))
        content = {"kind": kind, "title_nl": self._title(), "title_en": "Step"}
        if draw(st.booleans()):
            content["after"] = self._one(draw, self._steps())
        if kind == "reveal" or draw(st.integers(0, 9)) == 9:
            content["subject"] = self._one(draw, self._steps("collect", "vote"), self._steps())
        return content | self._settings(draw, kind)

    def _agenda_edit(self, draw: Draw, who: int) -> Doc:
        step = self._one(draw, self._steps())
        known = self.model.steps.get(step)
        content = {"step": step} | self._settings(draw, known.kind if known else "")
        return content | self._some(draw, title_nl=self._title, subject=lambda: self._maybe(draw, self._steps()))

    def _agenda_move(self, draw: Draw, who: int) -> Doc:
        return {"step": self._one(draw, self._steps()), "after": self._maybe(draw, self._steps())}

    def _agenda_remove(self, draw: Draw, who: int) -> Doc:
        closed = [step.id for step in self.model.steps.values() if step.state != "open"]
        return {"step": self._one(draw, closed, self._steps())}

    def _settings(self, draw: Draw, kind: str) -> Doc:
        settings: Doc = {}
        for name in ["minutes", *SETTINGS.get(kind, ())]:
            if draw(st.booleans()):
                continue
            if name in ("silent", "live"):
                settings[name] = draw(st.booleans())
            elif name == "minutes":
                settings[name] = draw(st.sampled_from([0, 5]))
            else:
                settings[name] = draw(st.integers(1, 3))
        values: Doc = {name: settings.pop(name) for name in ("minutes",) if name in settings}
        if settings:
            values["settings"] = settings
        if draw(st.integers(0, 3)) == 3:
            values["pillar"] = self._maybe(draw, self.model.pillars)
        return values

    def _maybe(self, draw: Draw, pool: Sequence[str]) -> str | None:
        return None if draw(st.integers(0, 2)) == 2 else self._one(draw, pool)


SPOILT: list[Callable[[Doc], Any]] = [
    lambda frame: frame | {"with": frame["with"] | {"unknown": 1}},
    lambda frame: frame | {"with": []},
    lambda frame: frame | {"with": {name: [value] for name, value in frame["with"].items()} or {"step": 7}},
    lambda frame: frame | {"with": dict.fromkeys(frame["with"], "É" * 12) or {"step": "x"}},
    lambda frame: frame | {"key": "no key"},
    lambda frame: frame | {"do": 7},
    lambda frame: frame | {"id": -1},
    lambda frame: [frame],
]
"""Ways to make a frame that is no command any more."""


def weighted(*, phone: bool) -> st.SearchStrategy[str]:
    """Draw a command's name, the usual ones more often."""
    return st.sampled_from([name for name, n in WEIGHTS.items() if (name in PHONE) == phone for _ in range(n)])
