"""People, their O's, and the session they are in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..clock import START_MS
from .known import Known
from .nouns import No, Person, Request, clean

HOUR = 3_600_000


class People(Known):
    def _participant_join(self, who: int, made: str, *, sector: str, token_hash: str, receipt_hash: str) -> bool:
        if self.locked:
            raise No("session.locked")
        self._sector(sector)
        asked = self.requests.get(token_hash)
        if self.words["approval"] and (asked is None or asked.admitted is None):
            if asked is None:
                self.requests[token_hash] = Request(asked=self.at)
            return False  # nobody of the session yet
        self.requests.pop(token_hash, None)
        return True

    def _participant_go_on(
        self,
        who: int,
        made: str,
        *,
        code: str,
        token_hash: str,
        receipt_hash: str,
        instead_of: str | None = None,
        waiting: str | None = None,
    ) -> bool:
        """The same person under another secret. The door, open or not, has no part in it: they were let in before."""
        pk, until = self.codes.get(code, (0, 0))
        if until <= self.at:
            pk = self.receipts.get(code, 0)
        if pk == 0:
            raise No("move.unknown")
        person = self.people[pk]
        if person.retired:
            raise No("auth.retired")
        assert made in (person.id, "unknown"), "somebody else went on"
        here = next((each for each in self.people.values() if each.token == instead_of), None)
        person.token = token_hash
        self.codes = {other: known for other, known in self.codes.items() if known[0] != pk}
        self.requests.pop(waiting or "", None)
        if here is not None and here is not person:
            self._set_retired(here.id, True)
        return True

    def _request_admit(self, who: int, made: object, *, request: str) -> bool:
        return self._admit([asked for asked in self._waiting() if asked.id == request])

    def _request_admit_all(self, who: int, made: object, *, until: int) -> bool:
        return self._admit([asked for asked in self._waiting() if asked.asked <= until - START_MS])

    def _request_refuse(self, who: int, made: object, *, request: str) -> bool:
        return self._refuse([asked for asked in self._waiting() if asked.id == request])

    def _request_refuse_all(self, who: int, made: object, *, until: int) -> bool:
        return self._refuse([asked for asked in self._waiting() if asked.asked <= until - START_MS])

    def _waiting(self) -> list[Request]:
        return [asked for asked in self.requests.values() if asked.admitted is None]

    def _admit(self, found: list[Request]) -> bool:
        for asked in found:
            asked.admitted = self.at
        return self._refuse(
            [a for a in self.requests.values() if a.admitted is not None and self.at - a.admitted > HOUR]
        )

    def _refuse(self, found: list[Request]) -> bool:
        self.requests = {
            name: asked for name, asked in self.requests.items() if not any(asked is each for each in found)
        }
        return False  # it is in no log

    def _sector_change(self, who: int, made: object, *, sector: str) -> bool:
        self._sector(sector)
        if any(person == who for _, person in self.ballots):
            raise No("sector.fixed")
        return self._move(self.people[who], sector)

    def _participant_move(self, who: int, made: object, *, participant: str, sector: str) -> bool:
        person = self._with_phone(participant)
        self._sector(sector)
        return self._move(person, sector)

    def _move(self, person: Person, sector: str) -> bool:
        was, person.sector = person.sector, sector
        for (round_, pk), ballot in self.ballots.items():
            if pk == person.pk and not self.rounds[round_].frozen and was != sector:
                ballot.sector = sector
        return was != sector

    def _participant_retire(self, who: int, made: object, *, participant: str) -> bool:
        return self._set_retired(participant, True)

    def _participant_restore(self, who: int, made: object, *, participant: str) -> bool:
        return self._set_retired(participant, False)

    def _set_retired(self, name: str, retired: bool) -> bool:
        person = self._with_phone(name)
        was, person.retired = person.retired, retired
        if retired and not was:
            person.retired_at = self.at
        for (round_, pk), ballot in self.ballots.items():
            if pk == person.pk and not self.rounds[round_].frozen and was != retired:
                ballot.counted = not retired
        return was != retired

    def _participant_seen(self, who: int, made: object, *, people: Sequence[int]) -> bool:
        for pk in people:
            self.people[pk].seen = True
        return False  # nothing that anybody is shown

    def _participant_retire_silent(self, who: int, made: object, *, since: int) -> bool:
        changed = self._session_lock(who, made, on=True)
        for person in self.people.values():
            is_meant = since - START_MS <= person.joined <= self.at - 10_000
            if is_meant and not person.retired and not person.seen and self._gave_nothing(person):
                person.retired, person.retired_at, changed = True, self.at, True
        return changed

    def _participant_restore_silent(self, who: int, made: object, *, at: int) -> bool:
        found = [
            person
            for person in self.people.values()
            if person.retired and person.retired_at == at - START_MS and self._gave_nothing(person)
        ]
        for person in found:
            person.retired = False
        return bool(found)

    def _gave_nothing(self, person: Person) -> bool:
        wrote = person.paper or any(card.author == person.pk for card in self.cards.values())
        return not (wrote or any(pk == person.pk for _, pk in self.ballots))

    def _session_lock(self, who: int, made: object, *, on: bool) -> bool:
        was, self.locked = self.locked, on
        return was != on

    def _session_edit(self, who: int, made: object, **given: Any) -> bool:
        new = {name: clean(value) if name.startswith("title") else value for name, value in given.items()}
        changed = any(self.words.get(name) != value for name, value in new.items())
        self.words |= new
        return changed
