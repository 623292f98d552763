"""Numbers that more than one part of the program keeps: each stands here, and nowhere else.

The screens have them in frontend/src/lib/wire.gen.ts, which is generated (`make types`). The numbers of a kind's
settings and of a ballot's rules stand in their structs.
"""

from __future__ import annotations

import datetime as dt

CARD_LENGTH = 240
"""Characters of a card, as a person counts them in the field."""
WORD_LENGTH = 40
"""Of a short answer to a question: a word, or a few."""
ITEM_LENGTH = CARD_LENGTH
"""Characters of an item with words of its own: it stands wherever a card stands."""
DOCUMENT_LENGTH = 120
"""Of the name of a document whose words an item is."""
MOST_ITEMS = 300
"""In one round."""
MOST_PAPERS = 9_999
"""The highest number on a paper ballot; it stands where a phone has its tag."""
ITEMS_AT_ONCE = 100
"""Added by one command."""
MOST_OPTIONS = 20
"""To choose from in a question."""
MOST_PRICE = 1_000_000_000
"""Of an item, in whole euros."""
SOURCE_ID_LENGTH = 80
"""Of the name of an item in the file that it was imported from."""
IMPORTED_LENGTH = 500
"""Characters of an imported item: what others wrote is not cut to the length of a card."""
MOST_IMPORTED = 2_000
"""Items of an imported round, which nobody votes in any more."""
TITLE_LENGTH = 120
"""Of a session or a step."""
PROMPT_LENGTH = 300
"""Of the question of a step."""
MESSAGE_LENGTH = 160
"""Of a message to all phones."""
BODY_LENGTH = 2_000
"""Of the explanation of a step."""
NOTES_LENGTH = 2_000
"""Of what facilitators note of a step for themselves."""
MOST_STEPS = 60
"""In one agenda. What was taken out of it does not count."""
MOST_KEPT_AGENDAS = 100
"""Templates and steps of a programme's own."""
MOST_SIMULATED = 200
"""Simulated people in a rehearsal."""
SIMULATED_MINUTES = 30
"""How long simulated people take part."""
MOST_CROWDS = 3
"""Rehearsals with simulated people at the same moment: they share the machine with real sessions."""
MOST_MINUTES = 600
"""On the clock of a step, when it is opened."""
MOST_PLANNED_MINUTES = 1440
"""That a session is to take: a day."""
GRACE = dt.timedelta(seconds=30)
"""How long after closing an answer that was under way is still filed, unless the reveal comes first."""
UNDO = dt.timedelta(seconds=10)
"""How long a change can be taken back."""
EARLIEST, LATEST = dt.date(1970, 1, 2), dt.date(2099, 12, 31)
"""Between which days a session is planned."""
LAST_MS = (LATEST + dt.timedelta(days=1) - dt.date(1970, 1, 1)) // dt.timedelta(milliseconds=1)
"""The end of the last of them, since 1970. No moment that is sent is later."""
