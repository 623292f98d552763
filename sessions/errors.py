"""Why a command is refused: a code with fields, and one sentence per code in the reader's language."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _


class Code(StrEnum):
    """Every refusal there is. Clients switch on these; the sentence is for people."""

    BAD_MESSAGE = "message.bad"
    TOO_LARGE = "message.too_large"
    UNKNOWN_COMMAND = "command.unknown"
    KEY_MISSING = "key.missing"
    KEY_REUSED = "key.reused"
    HELLO_FIRST = "hello.first"
    PROTOCOL_VERSION = "hello.protocol"
    NOT_ALLOWED = "auth.not_allowed"
    SIGNED_OUT = "auth.signed_out"
    ACCOUNT_CLOSED = "auth.account_closed"
    NO_ROLE = "auth.no_role"
    LINK_REVOKED = "auth.link_revoked"
    NOT_JOINED = "auth.not_joined"
    RETIRED = "auth.retired"
    WENT_ON = "auth.went_on"
    SLOW_DOWN = "rate.slow_down"
    FLOODED = "rate.flooded"
    UNAVAILABLE = "server.unavailable"
    INTERNAL = "server.internal"
    SESSION_UNKNOWN = "session.unknown"
    SESSION_LOCKED = "session.locked"
    JOIN_REFUSED = "join.refused"
    JOIN_FULL = "join.full"
    SESSION_ARCHIVED = "session.archived"
    SESSION_DELETED = "session.deleted"
    SESSION_NO_REHEARSAL = "session.no_rehearsal"
    CONSENT_LOOSER = "consent.looser"
    CONSENT_CHANGED = "consent.changed"
    MOVE_UNKNOWN = "move.unknown"
    SECTOR_UNKNOWN = "sector.unknown"
    SECTOR_FIXED = "sector.fixed"
    STEP_UNKNOWN = "step.unknown"
    STEP_WRONG_KIND = "step.wrong_kind"
    STEP_NOT_OPEN = "step.not_open"
    STEP_CLOSED = "step.closed"
    STEP_NOT_CLOSED = "step.not_closed"
    STEP_SEALED = "step.sealed"
    STEP_REVEALED = "step.revealed"
    SEAL_TOO_EARLY = "seal.too_early"
    SEAL_COUNT = "seal.count"
    STEP_HAS_ANSWERS = "step.has_answers"
    STEP_NOT_REVEALABLE = "step.not_revealable"
    STAGE_ELSEWHERE = "stage.elsewhere"
    UNDO_TOO_LATE = "undo.too_late"
    TEXT_EMPTY = "text.empty"
    TEXT_BAD = "text.bad_characters"
    TEXT_LONG = "text.too_long"
    CARD_UNKNOWN = "card.unknown"
    CARD_LIMIT = "card.limit"
    CARD_IN_VOTE = "card.in_vote"
    CARD_REDACTED = "card.redacted"
    PILLAR_MISSING = "pillar.missing"
    PILLAR_UNKNOWN = "pillar.unknown"
    GROUP_UNKNOWN = "group.unknown"
    GROUP_MISSING = "group.missing"
    ROUND_UNKNOWN = "round.unknown"
    ROUND_CLOSED = "round.closed"
    ROUND_NOT_OPEN = "round.not_open"
    ROUND_EMPTY = "round.empty"
    ROUND_STARTED = "round.started"
    ROUND_REVEALED = "round.revealed"
    ROUND_NOT_REVEALED = "round.not_revealed"
    ROUND_FOLLOWED = "round.followed"
    RESULT_SAME = "result.same"
    RESULT_STANDS = "result.stands"
    RESULT_WAITS = "result.waits"
    BALLOT_EMPTY = "ballot.empty"
    BALLOT_NUMBER = "ballot.number"
    ITEM_UNKNOWN = "item.unknown"
    ITEM_LIMIT = "item.limit"
    ITEM_IS_CARD = "item.is_card"
    ITEM_SEEN = "item.seen"
    ITEM_DOCUMENT = "item.document"
    BUDGET_SPENT = "vote.budget_spent"
    VOTE_VALUE = "vote.value"
    TOO_MANY = "vote.too_many"
    POINTS_SPENT = "vote.points_spent"
    POINTS_LEFT = "vote.points_left"
    TOO_DEAR = "vote.too_dear"
    PLACE_TAKEN = "vote.place_taken"
    BAD_MARK = "vote.bad_mark"
    PARTICIPANT_UNKNOWN = "participant.unknown"
    AGENDA_BAD = "agenda.bad"
    AGENDA_CHANGED = "agenda.changed"
    AGENDA_FULL = "agenda.full"
    TEMPLATE_UNKNOWN = "template.unknown"
    KEPT_LIMIT = "kept.limit"
    CROWD_LIMIT = "crowd.limit"
    CROWD_NO_ADDRESS = "crowd.no_address"
    WORDS_TWICE = "words.twice"


SENTENCES = {
    Code.BAD_MESSAGE: _("This message could not be understood."),
    Code.TOO_LARGE: _("This message is too large."),
    Code.UNKNOWN_COMMAND: _("This command does not exist."),
    Code.KEY_MISSING: _("This command needs a key."),
    Code.KEY_REUSED: _("This key was used before for something else."),
    Code.HELLO_FIRST: _("Say hello first."),
    Code.PROTOCOL_VERSION: _("This page is out of date. Reload it."),
    Code.NOT_ALLOWED: _("You may not do this."),
    Code.SIGNED_OUT: _("You are not signed in. Sign in to go on."),
    Code.ACCOUNT_CLOSED: _("This account is closed. Ask the core team."),
    Code.NO_ROLE: _("Your account has no role here that lets you run this session. Ask the core team."),
    Code.LINK_REVOKED: _("This projector link was taken back. Ask the facilitator for a new one."),
    Code.NOT_JOINED: _("Join this session first."),
    Code.RETIRED: _("The facilitator signed this phone off. Join again to take part."),
    Code.WENT_ON: _("You went on in another browser. What you stored is there."),
    Code.SLOW_DOWN: _("That is very fast. Your answers are kept and sent in a moment."),
    Code.FLOODED: _("Too much came over this connection at once. Your answers are kept; it comes back by itself."),
    Code.UNAVAILABLE: _("The server cannot store anything right now. Your answers are kept and sent later."),
    Code.INTERNAL: _("Something went wrong on the server. Nothing was stored; try again."),
    Code.SESSION_UNKNOWN: _("There is no session with this code."),
    Code.SESSION_LOCKED: _("This session lets nobody new in. Ask the facilitator."),
    Code.JOIN_REFUSED: _("You were not let in. Speak to the facilitator; you can ask again."),
    Code.JOIN_FULL: _("Very many people wait to be let in. Try again in a moment."),
    Code.SESSION_ARCHIVED: _("This session is archived. Nothing can be added to it any more."),
    Code.SESSION_DELETED: _("This session was deleted, with everything that was stored in it."),
    Code.SESSION_NO_REHEARSAL: _("Only a rehearsal can be wiped."),
    Code.CONSENT_LOOSER: _(
        "People took part under this agreement. It can become stricter, but never looser for what was said before."
    ),
    Code.CONSENT_CHANGED: _("What happens to your cards and votes was changed just now. Read it, and choose again."),
    Code.MOVE_UNKNOWN: _(
        "This code leads to nobody here. A short code is good for five minutes and works once: let the first phone show"
        " a new one."
    ),
    Code.SECTOR_UNKNOWN: _("Choose one of the groups shown."),
    Code.SECTOR_FIXED: _("You have voted, so only the facilitator can change your group."),
    Code.STEP_UNKNOWN: _("This step is not in the agenda."),
    Code.STEP_WRONG_KIND: _("This cannot be done in this kind of step."),
    Code.STEP_NOT_OPEN: _("This step has not been opened."),
    Code.STEP_CLOSED: _("This step was closed before your answer came in. Your text is kept here."),
    Code.STEP_NOT_CLOSED: _("This step is still open. Close it first."),
    Code.STEP_SEALED: _("This step was closed for good."),
    Code.STEP_REVEALED: _("What people answered was shown, so it is not opened again. Add a step to ask once more."),
    Code.SEAL_TOO_EARLY: ngettext_lazy(
        "Answers may still come in for %(seconds)s second. Close it for good after that.",
        "Answers may still come in for %(seconds)s seconds. Close it for good after that.",
        "seconds",
    ),
    Code.SEAL_COUNT: _("The count of phones is not possible: at most all of them can have confirmed."),
    Code.STEP_HAS_ANSWERS: _("People answered in this step, so its kind stays as it is."),
    Code.STEP_NOT_REVEALABLE: _("There is nothing to reveal in this step."),
    Code.STAGE_ELSEWHERE: _("The projector shows something else now."),
    Code.UNDO_TOO_LATE: _("This can no longer be undone."),
    Code.TEXT_EMPTY: _("Write something first."),
    Code.TEXT_BAD: _("The text holds characters that cannot be stored."),
    Code.TEXT_LONG: ngettext_lazy(
        "This is too long: at most %(limit)s character.",
        "This is too long: at most %(limit)s characters.",
        "limit",
    ),
    Code.CARD_UNKNOWN: _("This card is not there."),
    Code.CARD_LIMIT: ngettext_lazy(
        "You have written %(limit)s card in this step; that is the most.",
        "You have written %(limit)s cards in this step; that is the most.",
        "limit",
    ),
    Code.CARD_IN_VOTE: _("Voting on this card has begun, so it stays as it is."),
    Code.CARD_REDACTED: _("The facilitator hid this card, so it stays as it is. You can withdraw it."),
    Code.PILLAR_MISSING: _("Choose the pillar this card is about."),
    Code.PILLAR_UNKNOWN: _("This pillar is not part of the programme."),
    Code.GROUP_UNKNOWN: _("This group does not exist."),
    Code.GROUP_MISSING: _("You sit in no group yet."),
    Code.ROUND_UNKNOWN: _("This vote is not there."),
    Code.ROUND_CLOSED: _("The vote was closed before this dot came in."),
    Code.ROUND_NOT_OPEN: _("The vote has not been opened."),
    Code.ROUND_EMPTY: _("There is nothing to vote on yet."),
    Code.ROUND_REVEALED: _("The result of this round was shown, so it is not opened again. Make another round."),
    Code.ROUND_NOT_REVEALED: _("Show the result of this round first; then make another one."),
    Code.ROUND_FOLLOWED: _("Another round has begun, so nothing is added to this one."),
    Code.RESULT_SAME: _("No ballot came after this result."),
    Code.RESULT_STANDS: _(
        "The result stays as it was shown. In this way of voting a later ballot could be told from the difference. It"
        " is in the files of the core team."
    ),
    Code.RESULT_WAITS: _(
        "The result stays as it was shown: what somebody voted could be told from the difference. So many more ballots"
        " are needed, at least: %(missing)s."
    ),
    Code.BALLOT_EMPTY: _("Nothing is filled in. An empty paper does not count."),
    Code.BALLOT_NUMBER: _("Number %(number)s is on another paper already."),
    Code.ROUND_STARTED: _("Voting has begun, so this vote stays as it is."),
    Code.ITEM_UNKNOWN: _("This is not part of the vote."),
    Code.ITEM_LIMIT: ngettext_lazy(
        "At most %(limit)s item goes into one vote.", "At most %(limit)s items go into one vote.", "limit"
    ),
    Code.ITEM_IS_CARD: _("This is somebody’s card. Only its price can be changed here."),
    Code.ITEM_SEEN: _("People have seen these words in a vote, so they stay as they are."),
    Code.ITEM_DOCUMENT: _("Name the document whose words these are."),
    Code.BUDGET_SPENT: _("Your dots (%(budget)s) are all placed. Take one back first."),
    Code.VOTE_VALUE: ngettext_lazy(
        "At most %(limit)s dot on one card.", "At most %(limit)s dots on one card.", "limit"
    ),
    Code.TOO_MANY: ngettext_lazy(
        "You can choose %(limit)s. Take one back first.",
        "You can choose %(limit)s at most. Take one back first.",
        "limit",
    ),
    Code.POINTS_SPENT: _("That is more points than are left. Take some back first."),
    Code.POINTS_LEFT: _("Give all your points; then they count."),
    Code.TOO_DEAR: _("That costs more than is left. Take something back first."),
    Code.PLACE_TAKEN: _("Place %(place)s is given already."),
    Code.BAD_MARK: _("This answer is not one of those that can be given here."),
    Code.PARTICIPANT_UNKNOWN: _("This participant is not in the session."),
    Code.AGENDA_BAD: _("The agenda cannot be changed this way."),
    Code.AGENDA_CHANGED: _("Someone else changed this meanwhile."),
    Code.AGENDA_FULL: _("The agenda is full: %(limit)d is the most. Remove a step first."),
    Code.TEMPLATE_UNKNOWN: _("It is not there any more."),
    Code.KEPT_LIMIT: ngettext_lazy(
        "The programme keeps %(limit)s template: delete what nobody uses first.",
        "The programme keeps %(limit)s templates and steps: delete what nobody uses first.",
        "limit",
    ),
    Code.CROWD_LIMIT: ngettext_lazy(
        "Simulated people take part in %(limit)s rehearsal already; that is the most. Try again later.",
        "Simulated people take part in %(limit)s rehearsals already; that is the most. Try again later.",
        "limit",
    ),
    Code.CROWD_NO_ADDRESS: _("This server does not know its own address, so simulated people cannot come in."),
    Code.WORDS_TWICE: _("“%(text)s” is there twice. Nobody could tell one from the other."),
}

RETRY = frozenset({Code.SLOW_DOWN, Code.FLOODED, Code.UNAVAILABLE, Code.INTERNAL})
"""Refusals that say nothing about the answer itself: keep it and send it again."""


class Refused(Exception):
    """A rule says no. Carries the code and the fields of its sentence."""

    def __init__(self, code: Code, **fields: int | str) -> None:
        super().__init__(code.value)
        self.code = code
        self.fields = fields

    def sentence(self) -> str:
        """Return the sentence in the active language. A field `…_nl` or `…_en` stands in it under its name without."""
        ending = f"_{(get_language() or 'nl')[:2]}"
        told = {name.removesuffix(ending): value for name, value in self.fields.items()}
        return str(SENTENCES[self.code] % told)
