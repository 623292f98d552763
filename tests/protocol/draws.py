"""Generators of random commands: sensible, late, wrongly addressed, malformed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from .ballot_draws import BallotCommands
from .choosing import Doc, Draw
from .clock import START_MS
from .model import PHONE
from .phone_draws import ASPECTS

WEIGHTS = {
    "card.write": 6, "card.edit": 3, "card.withdraw": 4, "vote.cast": 14, "step.done": 2, "sector.change": 1,
    "step.open": 7, "step.close": 3, "step.reveal": 6, "step.undo": 7, "step.seal": 2,
    "round.add": 3, "round.remove": 1,
    "ballot.add": 5, "ballot.edit": 3, "ballot.remove": 2, "round.publish": 3,
    "item.add": 5, "item.carry": 2, "item.edit": 3, "item.move": 2, "item.remove": 2,
    "item.redact": 3, "item.restore": 2,
    "stage.show": 4, "message.put": 3, "message.remove": 2,
    "clock.add": 2, "clock.pause": 3, "clock.start": 2,
    "card.redact": 4, "card.restore": 3, "card.classify": 2, "card.scribe": 3, "card.tick": 6,
    "participant.retire": 4, "participant.restore": 2, "participant.move": 2,
    "participant.retire_silent": 1, "participant.restore_silent": 1,
    "session.lock": 1, "session.edit": 2,
    "request.admit": 2, "request.admit_all": 1, "request.refuse": 1, "request.refuse_all": 1,
    "agenda.add": 2, "agenda.edit": 3, "agenda.move": 1, "agenda.remove": 2,
}  # fmt: skip
REASONS = ("name", "off_topic", "rude", "double")
SETTINGS = {"collect": ("silent", "max_cards"), "vote": ("live", "rules")}


class Commands(BallotCommands):
    """Draws what a person or a member may ask for next: of a phone, and here of a console."""

    def content(self, draw: Draw, do: str, who: int) -> Doc:
        """Return what the command says. `who`: the person, 0 for a member."""
        method: Callable[[Draw, int], Doc] = getattr(self, "_" + do.replace(".", "_"))
        return method(draw, who)

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

    def _step_done(self, draw: Draw, who: int) -> Doc:
        return self._any_step(draw, who) | {"on": draw(st.booleans())}

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

    def _message_put(self, draw: Draw, who: int) -> Doc:
        said = [{"text_nl": " Soep  om zes "}, {"text_en": "Soup at six"}, {"text_nl": "Pauze", "text_en": "Break"}]
        return draw(st.sampled_from([*said, {}]))

    def _message_remove(self, draw: Draw, who: int) -> Doc:
        stands = [self.model.message[0]] if self.model.message is not None else []
        return {"message": self._one(draw, stands * 6)}

    def _hung(self, steps: list[str]) -> list[str]:
        return [card.id for card in self.model.cards.values() if card.step in steps]

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
        kind = draw(st.sampled_from(["collect", "vote", "vote", "reveal", "reveal", "break", "welcome", "close"]))
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
            elif name == "rules":
                asked = {rule: draw(st.integers(1, 3)) for rule in ("budget", "most") if draw(st.booleans())}
                settings[name] = {"ballot": "dots"} | asked
            else:
                settings[name] = draw(st.integers(1, 3))
        values: Doc = {name: settings.pop(name) for name in ("minutes",) if name in settings}
        if settings:
            values["settings"] = settings
        if draw(st.integers(0, 3)) == 3:
            values["pillar"] = self._maybe(draw, self.model.pillars)
        return values


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
