"""May this be done now? Pure: rows and a moment in, nothing or Refused out. One file per noun.

Who asks for a row that is not there is refused by `require`; what a kind or a ballot does not take, it refuses itself.
"""

from ...limits import GRACE, UNDO
from .agenda import check_frozen, check_may_move, check_may_remove, check_subject, settle_changed
from .cards import (
    check_card_limit,
    check_not_in_vote,
    check_not_redacted,
    check_own,
    check_restorable,
    check_showable,
)
from .people import check_not_retired, check_sector_open, require_person
from .rounds import (
    check_another_round,
    check_each_once,
    check_may_drop,
    check_may_leave,
    check_may_open,
    check_offered,
    check_same_ballot,
    check_takes_ticks,
    check_takes_votes,
)
from .session import (
    ALLOWED,
    check_door_open,
    check_may_ask,
    check_rehearsal,
    check_same_content,
    check_session_open,
    check_waiting_room,
    require_member,
)
from .stage import check_on_stage
from .steps import (
    check_begun,
    check_in_agenda,
    check_input,
    check_is_open,
    check_may_seal,
    check_not_sealed,
    check_revealable,
    check_scope,
    check_seal_count,
    check_takes_cards,
    check_was_opened,
    takes_answers,
)
from .undo import check_reopens_none, check_undo_time, reopens_sealed, undo_until

__all__ = [
    "ALLOWED",
    "GRACE",
    "UNDO",
    "check_another_round",
    "check_begun",
    "check_card_limit",
    "check_door_open",
    "check_each_once",
    "check_frozen",
    "check_in_agenda",
    "check_input",
    "check_is_open",
    "check_may_ask",
    "check_may_drop",
    "check_may_leave",
    "check_may_move",
    "check_may_open",
    "check_may_remove",
    "check_may_seal",
    "check_not_in_vote",
    "check_not_redacted",
    "check_not_retired",
    "check_not_sealed",
    "check_offered",
    "check_on_stage",
    "check_own",
    "check_rehearsal",
    "check_reopens_none",
    "check_restorable",
    "check_revealable",
    "check_same_ballot",
    "check_same_content",
    "check_scope",
    "check_seal_count",
    "check_sector_open",
    "check_session_open",
    "check_showable",
    "check_subject",
    "check_takes_cards",
    "check_takes_ticks",
    "check_takes_votes",
    "check_undo_time",
    "check_waiting_room",
    "check_was_opened",
    "reopens_sealed",
    "require_member",
    "require_person",
    "settle_changed",
    "takes_answers",
    "undo_until",
]
