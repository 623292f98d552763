"""One function per command: checks first, then changes the world and notes what happened.

`perform` is the only way to call them, and live/writer.py the only caller of `perform`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...enums import ActorKind
from .. import commands, rules
from ..commands import Command
from ..kind import handler_of
from ..world import CommandRequest, CommandResult, World
from . import (
    agenda,
    cards,
    clock,
    done,
    items,
    messages,
    paper_ballots,
    people,
    publications,
    redaction,
    redaction_of_items,
    requests,
    rounds,
    stage,
    steps,
    ticks,
    transfer,
    votes,
    whole_agenda,
)

_HANDLERS: dict[type[Command], Callable[..., str | None]] = {
    commands.WriteCard: cards.write_card,
    commands.EditCard: cards.edit_card,
    commands.WithdrawCard: cards.withdraw_card,
    commands.RedactCard: redaction.redact_card,
    commands.RestoreCard: redaction.restore_card,
    commands.RedactItem: redaction_of_items.redact_item,
    commands.RestoreItem: redaction_of_items.restore_item,
    commands.DestroyRedacted: redaction.destroy_redacted,
    commands.ClassifyCard: cards.classify_card,
    commands.ScribeCard: cards.scribe_card,
    commands.TickCard: ticks.tick_card,
    commands.AddItems: items.add_items,
    commands.CarryItems: items.carry_items,
    commands.EditItem: items.edit_item,
    commands.MoveItem: items.move_item,
    commands.RemoveItems: items.remove_items,
    commands.CastVote: votes.cast_vote,
    commands.AddRound: rounds.add_round,
    commands.RemoveRound: rounds.remove_round,
    commands.AddBallot: paper_ballots.add_ballot,
    commands.EditBallot: paper_ballots.edit_ballot,
    commands.RemoveBallot: paper_ballots.remove_ballot,
    commands.PublishRound: publications.publish_round,
    commands.CompareRound: publications.compare_round,
    commands.AdoptRounds: publications.adopt_rounds,
    commands.OpenStep: steps.open_step,
    commands.CloseStep: steps.close_step,
    commands.RevealStep: steps.reveal_step,
    commands.SealStep: steps.seal_step,
    commands.EndPractice: steps.end_practice,
    commands.SayDone: done.say_done,
    commands.UndoStep: steps.undo_step,
    commands.ShowStage: stage.show_stage,
    commands.PutMessage: messages.put_message,
    commands.RemoveMessage: messages.remove_message,
    commands.AddTime: clock.add_time,
    commands.PauseClock: clock.pause_clock,
    commands.StartClock: clock.start_clock,
    commands.AddStep: agenda.add_step,
    commands.EditStep: agenda.edit_step,
    commands.MoveStep: agenda.move_step,
    commands.RemoveStep: agenda.remove_step,
    commands.ReplaceAgenda: whole_agenda.replace_agenda,
    commands.RestoreAgenda: whole_agenda.restore_agenda,
    commands.LockSession: people.lock_session,
    commands.AdmitRequest: requests.admit_request,
    commands.AdmitRequests: requests.admit_requests,
    commands.RefuseRequest: requests.refuse_request,
    commands.RefuseRequests: requests.refuse_requests,
    commands.EditSession: agenda.edit_session,
    commands.Join: people.join,
    commands.GoOn: transfer.transfer_participant,
    commands.ChangeSector: people.change_sector,
    commands.MoveParticipant: people.move_participant,
    commands.RetireParticipant: people.retire_participant,
    commands.RestoreParticipant: people.restore_participant,
    commands.RetireSilent: people.retire_silent,
    commands.RestoreSilent: people.restore_silent,
    commands.NoteSeen: people.note_seen,
}


def perform(*, world: World, request: CommandRequest) -> CommandResult:
    """Do what is asked, or find the answer that its key was given before. Raises Refused and changes nothing then."""
    repeated = world.begin(request)
    if repeated is not None:
        return repeated
    person = world.people.get(request.actor.id) if request.actor.kind is ActorKind.PARTICIPANT else None
    rules.check_may_ask(actor=request.actor, command=request.command, person=person, member=world.standing(request))
    before = world.seq
    handler: Callable[..., Any] | None = _HANDLERS.get(type(request.command)) or handler_of(type(request.command))
    assert handler is not None, "whoever may give a command is allowed one that there is"
    made = handler(world=world, actor=request.actor, command=request.command)
    return world.finish(made, before)
