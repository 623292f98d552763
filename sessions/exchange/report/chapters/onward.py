"""What happens next, in the words in which the facilitator said it to the room."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ....kinds.close import Close
from ....wording.words import in_language
from ..document import Block, Paragraph
from ..facts import Facts


def tell_onward(facts: Facts) -> list[Block]:
    said = [
        text.strip()
        for step in facts.steps
        if step.kind == Close.key
        for text in (in_language(step, "prompt"), *in_language(step, "body").split("\n"))
        if text.strip()
    ]
    if not said:
        return [Paragraph(_("Nothing was said at the end about what happens next."))]
    return [Paragraph(text) for text in said]
