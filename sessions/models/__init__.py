"""Tables and constraints; no decisions."""

from .contribution import Contribution
from .log import Event, PresenceReport
from .moving import FormerBrowser, MoveCode
from .participant import Participant
from .people import Member, Membership, SignInLink, StageLink
from .programme import Organisation, Pillar, Programme, Sector
from .publication import Publication, PublishedBallot
from .request import JoinRequest
from .session import Item, Round, RoundItem, Session, Step
from .vote import Ballot, Vote

__all__ = [
    "Ballot",
    "Contribution",
    "Event",
    "FormerBrowser",
    "Item",
    "JoinRequest",
    "Member",
    "Membership",
    "MoveCode",
    "Organisation",
    "Participant",
    "Pillar",
    "PresenceReport",
    "Programme",
    "Publication",
    "PublishedBallot",
    "Round",
    "RoundItem",
    "Sector",
    "Session",
    "SignInLink",
    "StageLink",
    "Step",
    "Vote",
]
