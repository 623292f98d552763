"""What must hold of a scenario: answers, tables, screens and the model agree."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from uuid import UUID

from sessions.enums import Audience
from sessions.models import Event
from sessions.models.ids import token_hash

from ..live.client import settle, settle_now
from . import visibility
from .clock import START_MS
from .process import Process
from .screen import Screen

if TYPE_CHECKING:
    from .scenario import Scenario


def check_answers(scenario: Scenario) -> None:
    """What was acknowledged is stored once, under the line that was named; and nothing else is."""
    rows = Event.objects.filter(session=scenario.session).exclude(key=None)
    stored = Counter(
        (-actor if kind != "participant" else actor, str(UUID(str(key))), seq)
        for kind, actor, key, seq in rows.values_list("actor_kind", "actor_id", "key", "seq")
    )
    assert stored == Counter({(who, key, seq): 1 for (who, key), seq in scenario.noted.items()})
    for screen in scenario.screens:
        for sent in screen.given:
            told = {(a["ok"]["seq"], a["ok"]["id"]) for a in sent.answers if "ok" in a}
            assert told <= scenario.outcomes.get((screen.actor, sent.key), set()), sent
        assert not screen.outbox or screen.turned_away, f"never answered: {screen.outbox}"
        assert not screen.gaps or scenario.restored, "a gap on a connection that lost nothing"


def check_screens(scenario: Scenario, process: Process) -> None:
    """A fresh hello of everybody, a screen that was there, and the model show the same."""
    fresh: dict[tuple[Audience, int], Screen] = {}
    for screen in scenario.screens:
        who = (screen.audience, screen.actor)
        assert screen.turned_away == ("auth.went_on" if _has_left(scenario, screen) else None), who
        if who not in fresh and not screen.turned_away:
            fresh[who] = Screen(audience=screen.audience, cookies=screen.cookies, actor=screen.actor)
            scenario.connect(fresh[who], process)
    scenario.turn(process)
    for newcomer in fresh.values():
        newcomer.read()
        newcomer.drop(noticed=True)
    tallies = visibility.tallies(scenario.model)
    scenario.compared = []
    for screen in scenario.screens:
        if screen.turned_away:
            continue
        name = f"{screen.audience.value} {screen.actor}"
        newcomer = fresh[screen.audience, screen.actor]
        scenario.compared.append((screen, newcomer))
        assert screen.epoch == newcomer.epoch, name
        assert screen.seq == newcomer.seq == scenario.newest, name
        assert settle(screen.snapshot) == settle(newcomer.snapshot), name
        assert settle(screen.you) == settle(newcomer.you), name
        wanted = visibility.show(scenario.model, screen.audience.value, whole=False)
        assert visibility.see(newcomer.snapshot, begun=START_MS) == wanted, name
        if screen.audience is Audience.PHONE:
            assert visibility.see_own(newcomer.you, scenario.model.items) == visibility.own(
                scenario.model, screen.actor
            ), name
        for known in (screen, newcomer):
            _check_tally(scenario, known, tallies)
        if screen.connection is not None and screen.connection.process is process:
            assert settle_now(screen.now) == settle_now(newcomer.now), name


def _has_left(scenario: Scenario, screen: Screen) -> bool:
    """Whether the person of this browser went on in another one."""
    if screen.audience is not Audience.PHONE:
        return False
    (token,) = screen.cookies.values()
    return scenario.model.people[screen.actor].token != token_hash(token)


def _check_tally(scenario: Scenario, screen: Screen, wanted: dict[str, dict[str, tuple[int, int]]]) -> None:
    """Also a screen that was there all the time shows nothing else: what may be shown no more was taken back."""
    shown = {
        round_: {scenario.model.items[item]: tuple(counts) for item, counts in items.items()}
        for round_, items in screen.tally.items()
    }
    assert shown == wanted, f"{screen.audience.value} {screen.actor}"
