"""The rules of a session, said a second time and as simply as possible: what is refused, and what stands afterwards.

It shares nothing with the program but the words of the protocol. Ids that the program makes are told to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

GRACE_MS, UNDO_MS = 30_000, 10_000
PHONE = {"card.write", "card.edit", "card.withdraw", "vote.cast", "sector.change"}
WORDS = ("title_nl", "title_en", "prompt_nl", "prompt_en", "body_nl", "body_en")
Content = dict[str, Any]


class No(Exception):
    """A refusal."""


@dataclass
class Step:
    id: str
    kind: str
    position: int
    state: str = "planned"
    opened: bool = False
    closed_at: int | None = None
    revealed: bool = False
    running: bool = False
    paused: bool = False
    sealed: bool = False
    minutes: int = 5
    pillar: str | None = None
    subject: str | None = None
    silent: bool = True
    live: bool = False
    budget: int | None = None
    max_per_item: int = 1
    max_cards: int = 20
    title: str = ""


@dataclass
class Round:
    id: str
    step: str
    budget: int | None = None
    most: int = 1
    opened: bool = False
    closed_at: int | None = None
    revealed: bool = False
    seen: bool = False
    cards: set[str] = field(default_factory=set)


@dataclass
class Card:
    id: str
    step: str
    author: int | None
    sector: str
    pillar: str
    aspect: str
    text: str
    hidden: bool = False
    gone: bool = False


@dataclass
class Person:
    pk: int
    id: str
    sector: str
    retired: bool = False


class Vote(NamedTuple):
    value: int
    tap: int


@dataclass
class Ballot:
    sector: str
    counted: bool = True


class Done(NamedTuple):
    """`changed`: whether there is a line of the command's own."""

    id: str | None
    changed: bool


STEP_KEPT = ("state", "opened", "closed_at", "revealed", "running", "paused")
ROUND_KEPT = ("budget", "most", "opened", "closed_at", "revealed", "seen")


class Model:
    def __init__(self, *, sectors: Sequence[str], pillars: Sequence[str], threshold: int) -> None:
        self.sectors, self.pillars, self.threshold = list(sectors), list(pillars), threshold
        self.steps: dict[str, Step] = {}
        self.rounds: dict[str, Round] = {}
        self.items: dict[str, str] = {}
        """Item → card: told, as ids are the program's."""
        self.cards: dict[str, Card] = {}
        self.people: dict[int, Person] = {}
        self.votes: dict[tuple[str, str, int], Vote] = {}
        """(round, card, person)."""
        self.ballots: dict[tuple[str, int], Ballot] = {}
        self.keys: dict[tuple[int, str], tuple[str, Content, Done]] = {}
        """(person or minus the member, key)."""
        self.most_at_first: dict[str, int] = {}
        """Vote step → dots per item as it was added: what its round says until it opens."""
        self.locked = False
        self.words: dict[str, Any] = {}
        self.now: str | None = None
        self.undo: dict[str, Any] | None = None
        self.at = 0

    # -- one command ---------------------------------------------------------------------------------------------

    def judge(self, actor: int, do: str, content: Content, key: str | None, *, at: int, made: str | None) -> Done:
        """Do a command. `actor`: the person, or minus the member. `made`: the id that the program gave. Raises No."""
        self.at = at
        if key is not None and (known := self.keys.get((actor, key))):
            if known[:2] != (do, content):
                raise No("key.reused")
            return known[2]
        if do != "participant.join":
            if (do in PHONE) != (actor > 0):
                raise No("auth.not_allowed")
            if actor > 0 and self.people[actor].retired:
                raise No("auth.retired")
        changed = bool(getattr(self, "_" + do.replace(".", "_"))(actor, made, **content))
        makes = do in ("card.write", "card.scribe", "agenda.add", "participant.join")
        done = Done(made if makes else None, changed)
        if key is not None and changed:
            self.keys[actor, key] = (do, content, done)
        return done

    # -- cards ---------------------------------------------------------------------------------------------------

    def _card_write(
        self, who: int, made: str, *, step: str, text: str, aspect: str, lang: str, pillar: str | None = None
    ) -> bool:
        found = self._step(step)
        self._takes_cards(found)
        text, pillar = _clean(text), self._pillar_for(found, pillar)
        mine = [card for card in self.cards.values() if (card.step, card.author, card.gone) == (step, who, False)]
        if len(mine) >= found.max_cards:
            raise No("card.limit")
        self.cards[made] = Card(made, step, who, self.people[who].sector, pillar, aspect, text)
        return True

    def _card_scribe(
        self,
        who: int,
        made: str,
        *,
        step: str,
        text: str,
        aspect: str,
        sector: str,
        lang: str,
        pillar: str | None = None,
    ) -> bool:
        found = self._step(step)
        if found.kind != "collect":
            raise No("step.wrong_kind")
        if not found.opened:
            raise No("step.not_open")
        if found.sealed:
            raise No("step.sealed")
        text = _clean(text)
        self._sector(sector)
        self.cards[made] = Card(made, step, None, sector, self._pillar_for(found, pillar), aspect, text)
        return True

    def _card_edit(
        self,
        who: int,
        made: object,
        *,
        card: str,
        text: str | None = None,
        aspect: str | None = None,
        pillar: str | None = None,
    ) -> bool:
        found = self._own(who, card)
        if found.gone:
            raise No("card.unknown")
        step = self.steps[found.step]
        self._takes_cards(step)
        self._not_in_vote(card)
        before = (found.text, found.aspect, found.pillar)
        new = found.text if text is None else _clean(text)
        about = found.pillar
        if pillar is not None and step.pillar is None:
            about = self._pillar(pillar)
        found.text, found.aspect, found.pillar = new, aspect or found.aspect, about
        return (found.text, found.aspect, found.pillar) != before

    def _card_withdraw(self, who: int, made: object, *, card: str) -> bool:
        found = self._own(who, card)
        if found.gone:
            return False
        self._not_in_vote(card)
        found.gone, found.text = True, ""
        for round_ in self.rounds.values():
            round_.cards.discard(card)
        return True

    def _card_hide(self, who: int, made: object, *, card: str) -> bool:
        return self._set_hidden(card, True)

    def _card_show(self, who: int, made: object, *, card: str) -> bool:
        return self._set_hidden(card, False)

    def _set_hidden(self, name: str, hidden: bool) -> bool:
        card = self._card(name)
        was, card.hidden = card.hidden, hidden
        return was != hidden

    def _card_classify(
        self, who: int, made: object, *, card: str, pillar: str | None = None, aspect: str | None = None
    ) -> bool:
        found = self._card(card)
        before = (found.pillar, found.aspect)
        after = (self._pillar(pillar) if pillar is not None else found.pillar, aspect or found.aspect)
        found.pillar, found.aspect = after
        return before != after

    def _card_tick(self, who: int, made: object, *, round: str, card: str, on: bool) -> bool:
        found, which = self._round(round), self._card(card)
        if found.closed_at is not None:
            raise No("round.closed")
        if on and card not in found.cards:
            if which.hidden:
                raise No("card.unknown")
            found.cards.add(card)
            return True
        if not on and card in found.cards:
            if any((where, what) == (round, card) for where, what, _ in self.votes):
                raise No("round.started")
            found.cards.remove(card)
            return True
        return False

    # -- votes ---------------------------------------------------------------------------------------------------

    def _vote_cast(self, who: int, made: object, *, round: str, item: str, value: int, tap: int) -> bool:
        found = self._round(round)
        card = self.items.get(item)
        if card is None or card not in found.cards:
            raise No("item.unknown")
        if not found.opened:
            raise No("round.not_open")
        is_over = found.revealed or self.steps[found.step].sealed
        if is_over or (found.closed_at is not None and self.at - found.closed_at > GRACE_MS):
            raise No("round.closed")
        known = self.votes.get((round, card, who), Vote(0, -1))
        if tap <= known.tap:
            return False
        if value > found.most:
            raise No("vote.value")
        spent = sum(vote.value for (where, _, person), vote in self.votes.items() if (where, person) == (round, who))
        if value > known.value and spent - known.value + value > (found.budget or 0):
            raise No("vote.budget_spent")
        self.votes[round, card, who] = Vote(value, tap)
        self.ballots.setdefault((round, who), Ballot(self.people[who].sector))
        return True

    # -- the course ----------------------------------------------------------------------------------------------

    def _step_open(self, who: int, made: object, *, step: str) -> bool:
        found = self._step(step)
        if found.state == "open":
            return False
        if found.state == "superseded":
            raise No("step.unknown")
        if found.sealed:
            raise No("step.sealed")
        round_ = self.round_of(found)
        if round_ is not None and not round_.cards:
            raise No("round.empty")
        subject = self.steps.get(found.subject or "") if found.kind == "reveal" else None
        if subject is not None and not subject.opened:
            raise No("step.not_revealable")
        if subject is not None and subject.revealed:
            subject = None
        were_open = [other for other in self.steps.values() if other.state == "open"]
        self._remember([*were_open, found, *([subject] if subject else [])])
        for other in were_open:
            self._close(other)
        found.state, found.opened, found.closed_at = "open", True, None
        found.running, found.paused = found.minutes > 0, False
        if round_ is not None:
            if not round_.opened and round_.budget is None:
                asked = found.budget
                round_.budget = asked if asked is not None else max(3, min(5, len(round_.cards) // 4))
                round_.most = found.max_per_item
            if round_.revealed:
                round_.seen = True
                self._follow_people(round_)
            round_.opened, round_.closed_at, round_.revealed, found.revealed = True, None, False, False
        self.now = step
        if subject is not None:
            self._reveal(subject)
        return True

    def _step_close(self, who: int, made: object, *, step: str) -> bool:
        found = self._step(step)
        if found.state == "planned":
            raise No("step.not_open")
        if found.state != "open":
            return False
        self._remember([found])
        self._close(found)
        return True

    def _step_reveal(self, who: int, made: object, *, step: str) -> bool:
        found = self._step(step)
        if found.kind not in ("collect", "vote") or not found.opened:
            raise No("step.not_revealable")
        if found.revealed:
            return False
        self._remember([found])
        if found.kind == "vote" and found.state == "open":
            self._close(found)
        self._reveal(found)
        return True

    def _step_seal(self, who: int, made: object, *, step: str, **counted: Any) -> bool:
        found = self._step(step)
        if found.sealed:
            return False
        if found.kind not in ("collect", "vote"):
            raise No("step.wrong_kind")
        if found.state != "closed":
            raise No("step.not_closed" if found.state == "open" else "step.not_open")
        if not found.revealed and self.at - (found.closed_at or 0) <= GRACE_MS:
            raise No("seal.too_early")
        found.sealed = True
        return True

    def _step_undo(self, who: int, made: object) -> bool:
        if self.undo is None or self.at - self.undo["at"] > UNDO_MS:
            raise No("undo.too_late")
        if any(self.steps[name].sealed and kept["state"] != "closed" for name, kept in self.undo["steps"].items()):
            raise No("step.sealed")
        for name, kept in self.undo["steps"].items():
            vars(self.steps[name]).update(kept)
        for name, kept in self.undo["rounds"].items():
            round_ = self.rounds[name]
            was_revealed, seen, dots = round_.revealed, round_.seen, (round_.budget, round_.most)
            vars(round_).update(kept)
            round_.seen = seen or was_revealed
            if not round_.opened and any(where == name for where, _ in self.ballots):
                round_.budget, round_.most = dots
            if was_revealed and not round_.revealed:
                self._follow_people(round_)
        self.now, self.undo = self.undo["now"], None
        return True

    def _remember(self, steps: list[Step]) -> None:
        rounds = [found for step in steps if (found := self.round_of(step))]
        self.undo = {
            "at": self.at,
            "now": self.now,
            "steps": {step.id: {name: getattr(step, name) for name in STEP_KEPT} for step in steps},
            "rounds": {found.id: {name: getattr(found, name) for name in ROUND_KEPT} for found in rounds},
        }

    def _close(self, step: Step) -> None:
        step.state, step.closed_at = "closed", self.at
        step.running, step.paused = False, step.running or step.paused
        round_ = self.round_of(step)
        if round_ is not None and round_.closed_at is None:
            round_.closed_at = self.at

    def _reveal(self, step: Step) -> None:
        step.revealed = True
        round_ = self.round_of(step)
        if round_ is not None:
            round_.revealed = True
            round_.closed_at = self.at if round_.closed_at is None else round_.closed_at

    def _follow_people(self, round_: Round) -> None:
        for (where, who), ballot in self.ballots.items():
            if where == round_.id:
                person = self.people[who]
                ballot.sector, ballot.counted = person.sector, not person.retired

    def _clock_add(self, who: int, made: object, *, step: str, seconds: int) -> bool:
        found = self._open_step(step)
        found.running = not found.paused
        return True

    def _clock_pause(self, who: int, made: object, *, step: str) -> bool:
        found = self._open_step(step)
        was, found.running = found.running, False
        found.paused = found.paused or was
        return was

    def _clock_start(self, who: int, made: object, *, step: str) -> bool:
        found = self._open_step(step)
        was, found.running, found.paused = found.running, True, False
        return not was

    # -- the agenda ----------------------------------------------------------------------------------------------

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
        settings = {name: value for name, value in more.items() if name not in WORDS}
        self.most_at_first[made] = settings.get("max_per_item", 1)
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
        has_begun = round_ is not None and (round_.opened or any(where == round_.id for where, _ in self.ballots))
        if has_begun and {"budget", "max_per_item"} & set(given):
            raise No("step.has_answers")
        if given.get("silent", found.silent) != found.silent and found.opened:
            raise No("step.has_answers")
        for name, value in given.items():
            if name == "title_nl":
                found.title = " ".join(value.split())
            elif name not in WORDS:
                setattr(found, name, value)
        return bool(given)

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
        round_ = self.round_of(found)
        has_answers = any(card.step == step for card in self.cards.values()) or (
            round_ is not None and (round_.opened or any(where == round_.id for where, _ in self.ballots))
        )
        if found.opened or has_answers:
            found.state = "superseded"
            return True
        del self.steps[step]
        if round_ is not None:
            del self.rounds[round_.id]
        for other in self.steps.values():
            other.subject = None if other.subject == step else other.subject
        return True

    def _check_words(self, given: Content) -> None:
        for name in WORDS:
            if name in given:
                _clean(given[name], may_be_empty=not name.startswith("title"))

    def _check_subject(self, kind: str, subject: str | None) -> None:
        if subject is not None and (self._known(subject).kind not in ("collect", "vote") or kind != "reveal"):
            raise No("step.wrong_kind")

    # -- people, and the session ---------------------------------------------------------------------------------

    def _participant_join(self, who: int, made: str, *, sector: str, token_hash: str) -> bool:
        if self.locked:
            raise No("session.locked")
        self._sector(sector)
        return True

    def _sector_change(self, who: int, made: object, *, sector: str) -> bool:
        self._sector(sector)
        if any(person == who for _, person in self.ballots):
            raise No("sector.fixed")
        return self._move(self.people[who], sector)

    def _participant_move(self, who: int, made: object, *, participant: str, sector: str) -> bool:
        person = self._person(participant)
        self._sector(sector)
        return self._move(person, sector)

    def _move(self, person: Person, sector: str) -> bool:
        was, person.sector = person.sector, sector
        for (round_, pk), ballot in self.ballots.items():
            if pk == person.pk and not self.rounds[round_].revealed and was != sector:
                ballot.sector = sector
        return was != sector

    def _participant_retire(self, who: int, made: object, *, participant: str) -> bool:
        return self._set_retired(participant, True)

    def _participant_restore(self, who: int, made: object, *, participant: str) -> bool:
        return self._set_retired(participant, False)

    def _set_retired(self, name: str, retired: bool) -> bool:
        person = self._person(name)
        was, person.retired = person.retired, retired
        for (round_, pk), ballot in self.ballots.items():
            if pk == person.pk and not self.rounds[round_].revealed and was != retired:
                ballot.counted = not retired
        return was != retired

    def _session_lock(self, who: int, made: object, *, on: bool) -> bool:
        was, self.locked = self.locked, on
        return was != on

    def _session_edit(self, who: int, made: object, **given: Any) -> bool:
        new = {name: _clean(value) if name.startswith("title") else value for name, value in given.items()}
        changed = any(self.words.get(name) != value for name, value in new.items())
        self.words |= new
        return changed

    # -- found or refused ----------------------------------------------------------------------------------------

    def _step(self, name: str) -> Step:
        if name not in self.steps:
            raise No("step.unknown")
        return self.steps[name]

    def _known(self, name: str) -> Step:
        if self._step(name).state == "superseded":
            raise No("step.unknown")
        return self.steps[name]

    def _open_step(self, name: str) -> Step:
        if self._step(name).state != "open":
            raise No("step.not_open")
        return self.steps[name]

    def _round(self, name: str) -> Round:
        if name not in self.rounds:
            raise No("round.unknown")
        return self.rounds[name]

    def _card(self, name: str) -> Card:
        if name not in self.cards or self.cards[name].gone:
            raise No("card.unknown")
        return self.cards[name]

    def _own(self, who: int, name: str) -> Card:
        if name not in self.cards or self.cards[name].author != who:
            raise No("card.unknown")
        return self.cards[name]

    def _person(self, name: str) -> Person:
        for person in self.people.values():
            if person.id == name:
                return person
        raise No("participant.unknown")

    def _sector(self, name: str) -> None:
        if name not in self.sectors:
            raise No("sector.unknown")

    def _pillar(self, name: str) -> str:
        if name not in self.pillars:
            raise No("pillar.unknown")
        return name

    def _pillar_for(self, step: Step, pillar: str | None) -> str:
        if step.pillar is not None:
            return step.pillar
        if pillar is None:
            raise No("pillar.missing")
        return self._pillar(pillar)

    def _takes_cards(self, step: Step) -> None:
        if step.kind != "collect":
            raise No("step.wrong_kind")
        if step.state == "planned":
            raise No("step.not_open")
        late = step.sealed or step.closed_at is None or self.at - step.closed_at > GRACE_MS
        if step.state != "open" and (step.revealed or late):
            raise No("step.closed")

    def _not_in_vote(self, card: str) -> None:
        is_voted_on = any(what == card for _, what, _ in self.votes)
        if is_voted_on or any(round_.opened and card in round_.cards for round_ in self.rounds.values()):
            raise No("card.in_vote")

    def round_of(self, step: Step) -> Round | None:
        return next((found for found in self.rounds.values() if found.step == step.id), None)

    def agenda(self) -> list[Step]:
        """Steps by position; among equals the older first."""
        steps = [step for step in self.steps.values() if step.state != "superseded"]
        return sorted(steps, key=lambda step: step.position)


def _clean(text: str, *, may_be_empty: bool = False) -> str:
    if "\x00" in text:
        raise No("text.bad_characters")
    cleaned = " ".join(text.split())
    if not cleaned and not may_be_empty:
        raise No("text.empty")
    return cleaned
