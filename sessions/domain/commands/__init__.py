"""One function per verb: checks first, then changes the world and notes what happened.

`perform` is the only way to call them, and live/writer.py the only caller of `perform`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...enums import ActorKind
from .. import rules, verbs
from ..kind import command_of
from ..verbs import Verb
from ..world import Ask, Outcome, World
from . import agenda, cards, clock, moving, people, redaction, requests, rounds, stage, steps, ticks, votes

_COMMANDS: dict[type[Verb], Callable[..., str | None]] = {
    verbs.WriteCard: cards.write_card,
    verbs.EditCard: cards.edit_card,
    verbs.WithdrawCard: cards.withdraw_card,
    verbs.RedactCard: redaction.redact_card,
    verbs.RestoreCard: redaction.restore_card,
    verbs.DestroyRedacted: redaction.destroy_redacted,
    verbs.ClassifyCard: cards.classify_card,
    verbs.ScribeCard: cards.scribe_card,
    verbs.TickCard: ticks.tick_card,
    verbs.CastVote: votes.cast_vote,
    verbs.AddRound: rounds.add_round,
    verbs.RemoveRound: rounds.remove_round,
    verbs.CompareRound: rounds.compare_round,
    verbs.AdoptRounds: rounds.adopt_rounds,
    verbs.OpenStep: steps.open_step,
    verbs.CloseStep: steps.close_step,
    verbs.RevealStep: steps.reveal_step,
    verbs.SealStep: steps.seal_step,
    verbs.UndoStep: steps.undo_step,
    verbs.ShowStage: stage.show_stage,
    verbs.AddTime: clock.add_time,
    verbs.PauseClock: clock.pause_clock,
    verbs.StartClock: clock.start_clock,
    verbs.AddStep: agenda.add_step,
    verbs.EditStep: agenda.edit_step,
    verbs.MoveStep: agenda.move_step,
    verbs.RemoveStep: agenda.remove_step,
    verbs.LockSession: people.lock_session,
    verbs.AdmitRequest: requests.admit_request,
    verbs.AdmitRequests: requests.admit_requests,
    verbs.RefuseRequest: requests.refuse_request,
    verbs.RefuseRequests: requests.refuse_requests,
    verbs.EditSession: agenda.edit_session,
    verbs.Join: people.join,
    verbs.GoOn: moving.go_on,
    verbs.ChangeSector: people.change_sector,
    verbs.MoveParticipant: people.move_participant,
    verbs.RetireParticipant: people.retire_participant,
    verbs.RestoreParticipant: people.restore_participant,
    verbs.RetireSilent: people.retire_silent,
    verbs.RestoreSilent: people.restore_silent,
    verbs.NoteSeen: people.note_seen,
}


def perform(*, world: World, ask: Ask) -> Outcome:
    """Do what is asked, or find the answer that its key was given before. Raises Refused and changes nothing then."""
    repeated = world.begin(ask)
    if repeated is not None:
        return repeated
    person = world.people.get(ask.actor.id) if ask.actor.kind is ActorKind.PARTICIPANT else None
    rules.check_may_ask(actor=ask.actor, verb=ask.verb, person=person, member=world.standing(ask))
    before = world.seq
    command: Callable[..., Any] | None = _COMMANDS.get(type(ask.verb)) or command_of(type(ask.verb))
    assert command is not None, "whoever may ask a verb is allowed one that there is"
    made = command(world=world, actor=ask.actor, verb=ask.verb)
    return world.finish(made, before)
