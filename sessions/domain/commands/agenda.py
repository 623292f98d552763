"""The session itself and its agenda."""

from __future__ import annotations

from typing import Annotated

import msgspec

from ...enums import Consent, SessionKind
from ...limits import MOST_MINUTES, MOST_PLANNED_MINUTES
from ..command import Body, Command, Id, Moment, Notes, People, Prompt, Title
from ..kind import KindKey, Settled, is_known, kind_of

MOST_STEPS_SENT = 300
"""Named in one command: agendas from before the limit are longer."""
WHOLE_AGENDA = 20.0


class LockSession(Command, frozen=True):
    """Close the door to new people, or open it. Who is in stays in."""

    do = "session.lock"
    on: bool


class EditSession(Command, frozen=True):
    """Only the fields that are given change. `planned_at` null: not planned. `approval`: whoever joins from
    now on waits until they are let in; when it is taken back, those who wait come in by themselves. `minutes`: how
    long it is to take in all; null: nobody says. `invited`: how many people of each O, by its id; null: nobody says.
    `consent`: what may leave the session; looser only before somebody took part. `sound`: the projectors give one when
    the time of a step is over. `bilingual`: they show the agenda in both languages.
    """

    do = "session.edit"
    title_nl: Title | msgspec.UnsetType = msgspec.UNSET
    title_en: Title | msgspec.UnsetType = msgspec.UNSET
    kind: SessionKind | msgspec.UnsetType = msgspec.UNSET
    planned_at: Moment | msgspec.UnsetType | None = msgspec.UNSET
    approval: bool | msgspec.UnsetType = msgspec.UNSET
    minutes: Annotated[int, msgspec.Meta(ge=1, le=MOST_PLANNED_MINUTES)] | msgspec.UnsetType | None = msgspec.UNSET
    invited: Annotated[dict[Id, People], msgspec.Meta(max_length=8)] | msgspec.UnsetType | None = msgspec.UNSET
    consent: Consent | msgspec.UnsetType = msgspec.UNSET
    sound: bool | msgspec.UnsetType = msgspec.UNSET
    bilingual: bool | msgspec.UnsetType = msgspec.UNSET


class AddStep(Command, frozen=True):
    """A new step behind `after`, or at the start. The reply has its `id`.

    `settings`: of its kind; what is left out has its default. `notes`: for facilitators only.
    """

    do = "agenda.add"
    kind: KindKey
    title_nl: Title
    title_en: Title
    after: Id | None = None
    prompt_nl: Prompt = ""
    prompt_en: Prompt = ""
    body_nl: Body = ""
    body_en: Body = ""
    notes: Notes = ""
    pillar: Id | None = None
    subject: Id | None = None
    minutes: Annotated[int, msgspec.Meta(ge=0, le=MOST_MINUTES)] = 5
    settings: Settled = {}

    def __post_init__(self) -> None:
        if not is_known(self.kind):
            raise ValueError("no such kind")
        kind_of(self.kind).read(self.settings)


class ReplaceAgenda(Command, frozen=True):
    """Put a template in the place of what was not opened yet: of the program, or one that the programme keeps. All of
    it or nothing. The session becomes of the template's kind and as long as that is.

    `steps`: what goes, as it stood for who asks; when the agenda is another one by now, nothing changes. It is kept, as
    it is, until the next template takes the place of an agenda. Answers with the `id` of the template's first step; the
    others follow it.
    """

    do = "agenda.replace"
    template: Annotated[str, msgspec.Meta(max_length=40)]
    steps: Annotated[list[Id], msgspec.Meta(max_length=MOST_STEPS_SENT)] = []

    def weight(self) -> float:
        """As much as so many steps."""
        return WHOLE_AGENDA


class RestoreAgenda(Command, frozen=True):
    """Put back what a template took the place of, also words that somebody changed meanwhile. All of it or nothing.
    `steps`: those of the template, which go; what was opened of them stays. `kind` and `minutes`: of the session.
    """

    do = "agenda.restore"
    steps: Annotated[list[Id], msgspec.Meta(max_length=MOST_STEPS_SENT)]
    kind: SessionKind
    minutes: Annotated[int, msgspec.Meta(ge=1, le=MOST_PLANNED_MINUTES)] | None = None

    def weight(self) -> float:
        """As much as so many steps."""
        return WHOLE_AGENDA


class StepFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Some fields of a step, as somebody read them."""

    title_nl: Title | msgspec.UnsetType = msgspec.UNSET
    title_en: Title | msgspec.UnsetType = msgspec.UNSET
    prompt_nl: Prompt | msgspec.UnsetType = msgspec.UNSET
    prompt_en: Prompt | msgspec.UnsetType = msgspec.UNSET
    body_nl: Body | msgspec.UnsetType = msgspec.UNSET
    body_en: Body | msgspec.UnsetType = msgspec.UNSET
    notes: Notes | msgspec.UnsetType = msgspec.UNSET
    pillar: Id | msgspec.UnsetType | None = msgspec.UNSET
    subject: Id | msgspec.UnsetType | None = msgspec.UNSET
    minutes: Annotated[int, msgspec.Meta(ge=0, le=MOST_MINUTES)] | msgspec.UnsetType = msgspec.UNSET
    settings: Settled | msgspec.UnsetType = msgspec.UNSET


class EditStep(Command, frozen=True):
    """Only the fields that are given change. `pillar` and `subject` null: none. Of `settings` as
    well: those of the step's kind. `was`: fields as they stood when one began to change them; when one of them is
    something else by now, nothing changes."""

    do = "agenda.edit"
    step: Id
    title_nl: Title | msgspec.UnsetType = msgspec.UNSET
    title_en: Title | msgspec.UnsetType = msgspec.UNSET
    prompt_nl: Prompt | msgspec.UnsetType = msgspec.UNSET
    prompt_en: Prompt | msgspec.UnsetType = msgspec.UNSET
    body_nl: Body | msgspec.UnsetType = msgspec.UNSET
    body_en: Body | msgspec.UnsetType = msgspec.UNSET
    notes: Notes | msgspec.UnsetType = msgspec.UNSET
    pillar: Id | msgspec.UnsetType | None = msgspec.UNSET
    subject: Id | msgspec.UnsetType | None = msgspec.UNSET
    minutes: Annotated[int, msgspec.Meta(ge=0, le=MOST_MINUTES)] | msgspec.UnsetType = msgspec.UNSET
    settings: Settled | msgspec.UnsetType = msgspec.UNSET
    was: StepFields | msgspec.UnsetType = msgspec.UNSET


class MoveStep(Command, frozen=True):
    """Put a step behind `after`, or at the start."""

    do = "agenda.move"
    step: Id
    after: Id | None = None


class RemoveStep(Command, frozen=True):
    """Delete a step that was never opened; any other is taken out of the agenda and its answers are kept."""

    do = "agenda.remove"
    step: Id
