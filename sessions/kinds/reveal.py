"""Opening it reveals another step, and shows it: the cards of one, or the result of a vote."""

from __future__ import annotations

from ..domain import rules
from ..domain.kind import Example, Name, Settings, StepKind
from ..domain.revealed import is_revealed
from ..domain.structure import Structure
from ..models import Step


class RevealSettings(Settings, frozen=True):
    """Of a `reveal` step: none. What it reveals is its `subject`."""


class Reveal(StepKind[RevealSettings]):
    key = "reveal"
    Settings = RevealSettings
    words = Name("Onthulling", "Reveal")
    shows_subject = True
    examples = (
        Example("step.open", {}),
        Example("step.reveal", {}, refused="step.not_revealable", after=("step.open",)),
        Example("step.seal", {}, refused="step.wrong_kind", after=("step.open", "step.close")),
    )

    def reveals(self, *, structure: Structure, step: Step) -> Step | None:
        """Return its subject, unless that is revealed already. Raises Refused when it was never opened, or has nothing
        to reveal: it may have become practice, or questions from the room, since it was chosen.
        """
        if step.subject_id is None:
            return None
        subject = structure.by_pk[step.subject_id]
        rules.check_revealable(subject)
        return None if is_revealed(subject) else subject
