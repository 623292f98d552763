"""The agenda: steps added, changed, moved and put away."""

from __future__ import annotations

from typing import Any

from .known import Known
from .nouns import ASKED, WORDS, Content, No, Step, clean


class Agenda(Known):
    def _agenda_add(
        self,
        who: int,
        made: str,
        *,
        kind: str,
        after: str | None = None,
        pillar: str | None = None,
        subject: str | None = None,
        **more: Any,
    ) -> bool:
        position = 1 if after is None else self._known(after).position + 1
        self._check_words(more)
        if pillar is not None:
            self._pillar(pillar)
        self._check_subject(kind, subject)
        for step in self.agenda():
            step.position += step.position >= position
        title = " ".join(more["title_nl"].split())
        plain = {name: value for name, value in more.items() if name not in (*WORDS, "settings")}
        settings = plain | _whole(more.get("settings", {}))
        self.most_at_first[made] = settings.get("rules", ASKED)["most"]
        self.steps[made] = Step(made, kind, position, pillar=pillar, subject=subject, title=title, **settings)
        return True

    def _agenda_edit(self, who: int, made: object, *, step: str, **given: Any) -> bool:
        found = self._known(step)
        self._check_words(given)
        if given.get("pillar") is not None:
            self._pillar(given["pillar"])
        if "subject" in given:
            self._check_subject(found.kind, given["subject"])
        round_ = self.round_of(found)
        is_set = "settings" in given
        settings = _whole(given.pop("settings", {}))
        changed = {name for name, value in settings.items() if getattr(found, name) != value}
        if changed & {"live", "rules"} and round_ is not None and self.has_begun(round_):
            raise No("step.has_answers")
        if "silent" in changed and self._has_begun(found):
            raise No("step.has_answers")
        given |= settings
        for name, value in given.items():
            if name == "title_nl":
                found.title = " ".join(value.split())
            elif name not in WORDS:
                setattr(found, name, value)
        return bool(given) or is_set

    def _agenda_move(self, who: int, made: object, *, step: str, after: str | None = None) -> bool:
        found = self._known(step)
        if after == step:
            raise No("agenda.bad")
        others = [other for other in self.agenda() if other is not found]
        place = 0 if after is None else others.index(self._known(after)) + 1
        others.insert(place, found)
        before = [other.position for other in others]
        for number, other in enumerate(others, start=1):
            other.position = number
        return before != [other.position for other in others]

    def _agenda_remove(self, who: int, made: object, *, step: str) -> bool:
        found = self._known(step)
        if found.state == "open":
            raise No("agenda.bad")
        self.undo = None
        if self._has_begun(found):
            found.state = "superseded"
            return True
        rounds = [round_ for round_ in self.rounds.values() if round_.step == step]
        del self.steps[step]
        for round_ in rounds:
            del self.rounds[round_.id]
        for other in self.steps.values():
            other.subject = None if other.subject == step else other.subject
        return True

    def _check_words(self, given: Content) -> None:
        for name in WORDS:
            if name in given:
                clean(given[name], may_be_empty=not name.startswith("title"))

    def _check_subject(self, kind: str, subject: str | None) -> None:
        if subject is not None and (self._known(subject).kind not in ("collect", "vote") or kind != "reveal"):
            raise No("step.wrong_kind")

    def _has_begun(self, step: Step) -> bool:
        """Whether people could answer in it, also when that was undone."""
        rounds = [round_ for round_ in self.rounds.values() if round_.step == step.id]
        wrote = any(card.step == step.id for card in self.cards.values())
        return step.opened or wrote or any(map(self.has_begun, rounds))

    def agenda(self) -> list[Step]:
        """Steps by position; among equals the older first."""
        steps = [step for step in self.steps.values() if step.state != "superseded"]
        return sorted(steps, key=lambda step: step.position)


def _whole(settings: Content) -> Content:
    """Return settings with the rules that were left out of them."""
    return settings | {name: ASKED | value for name, value in settings.items() if name == "rules"}
