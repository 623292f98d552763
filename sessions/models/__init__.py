"""Tables and constraints; no decisions."""

from .act import MemberAct
from .contribution import Contribution
from .crowd import Crowd
from .erasure import Erasure
from .group import Group, Placement, Seat
from .kept import KeptAgenda
from .log import Event, PresenceReport
from .participant import Participant
from .people import Invitation, Member, Membership, SignInLink, StageLink
from .programme import Organisation, Pillar, Programme, Sector
from .publication import BallotFigure, Publication, PublishedBallot
from .request import JoinRequest
from .session import Item, Round, RoundItem, Session, Step
from .transfer import FormerBrowser, MoveCode
from .vote import Ballot, Vote

__all__ = [
    "Ballot",
    "BallotFigure",
    "Contribution",
    "Crowd",
    "Erasure",
    "Event",
    "FormerBrowser",
    "Group",
    "Invitation",
    "Item",
    "JoinRequest",
    "KeptAgenda",
    "Member",
    "MemberAct",
    "Membership",
    "MoveCode",
    "Organisation",
    "Participant",
    "Pillar",
    "Placement",
    "PresenceReport",
    "Programme",
    "Publication",
    "PublishedBallot",
    "Round",
    "RoundItem",
    "Seat",
    "Sector",
    "Session",
    "SignInLink",
    "StageLink",
    "Step",
    "Vote",
]
