"""The closed word lists of the programme: the same word in tables, messages, files and on screens."""

from __future__ import annotations

from django.db.models import TextChoices


class Role(TextChoices):
    """What a member may do in a programme. A member has one role per programme."""

    CORE = "core", "core team"
    FACILITATOR = "facilitator", "facilitator"
    STEERING = "steering", "steering group"


class Shape(TextChoices):
    """The shape of a sector mark. Each goes with one colour, on every screen (frontend/src/style/tokens.css)."""

    CIRCLE = "circle", "circle"
    DIAMOND = "diamond", "diamond"
    TRIANGLE = "triangle", "triangle"
    SQUARE = "square", "square"
    HOUSE = "house", "house"
    CROSS = "cross", "cross"
    WEDGE = "wedge", "triangle on its point"
    SLANT = "slant", "leaning square"


class SessionKind(TextChoices):
    WORKSHOP = "workshop", "workshop"
    EXPERT = "expert", "expert session"
    INTERVIEW = "interview", "interview"
    EVENT = "event", "event"
    OPEN = "open", "open round"


class Consent(TextChoices):
    """What people agree to when they join a session: what of it may leave the room (domain/consent.py)."""

    FULL = "full", "everything"
    CHATHAM = "chatham", "Chatham House"
    FIGURES = "figures", "figures only"


class StepState(TextChoices):
    """A step is planned, then open, then closed; it may be opened again.

    Superseded: taken out of the agenda after people answered in it; its answers stay.
    """

    PLANNED = "planned", "planned"
    OPEN = "open", "open"
    CLOSED = "closed", "closed"
    SUPERSEDED = "superseded", "superseded"


class Aspect(TextChoices):
    HARDWARE = "hardware", "hardware"
    SOFTWARE = "software", "software"
    BOTH = "both", "both"
    UNSURE = "unsure", "unsure"


class Picture(TextChoices):
    """A way to look at a result on the projector."""

    HEADS = "heads", "every person counts once"
    EQUAL = "equal", "every O counts the same"
    APART = "apart", "how far the O's lie apart"
    OWN = "own", "what only this way of voting shows"
    CHANGE = "change", "before and after"


class Source(TextChoices):
    """Where a card, or a participant, came from."""

    OWN = "own", "own phone"
    SCRIBED = "scribed", "scribed"
    IMPORTED = "imported", "imported"
    INTERVIEW = "interview", "interview"


ELSEWHERE = (Source.SCRIBED, Source.IMPORTED)
"""Of people who have no phone in the session: they count in their round only."""


class ItemSource(TextChoices):
    """What an item of a vote is."""

    CARD = "card", "a card"
    CLUSTER = "cluster", "cards that were put together"
    PAIR = "pair", "two items to compare"
    OPTION = "option", "an answer to choose"
    STATEMENT = "statement", "a statement, typed or imported"
    PLACE = "place", "a place on a map or plane"


class Whose(TextChoices):
    """Whose words an item is."""

    PARTICIPANT = "participant", "a participant's"
    TEAM = "team", "the team's"
    DOCUMENT = "document", "a document's"


class Reason(TextChoices):
    """Why a card was redacted."""

    NAME = "name", "a name or other personal data"
    OFF_TOPIC = "off_topic", "off topic"
    RUDE = "rude", "rude"
    DOUBLE = "double", "double"
    UNKNOWN = "unknown", "hidden before there were reasons"


class Pace(TextChoices):
    """How fast simulated people write and vote."""

    SLOW = "slow", "slow"
    NORMAL = "normal", "normal"
    FAST = "fast", "fast"


class Audience(TextChoices):
    """Who a frame is for. The address of the socket names it, the credentials grant it."""

    PHONE = "phone", "phone"
    STAGE = "stage", "stage"
    CONSOLE = "console", "console"


class ActorKind(TextChoices):
    PARTICIPANT = "participant", "participant"
    MEMBER = "member", "member"
    STAGE = "stage", "projector"
    SYSTEM = "system", "system"
