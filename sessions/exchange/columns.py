"""Columns that mean the same in every file."""

from __future__ import annotations

from .table import CellType, Column

SESSION = Column("session", "id van de sessie", "id of the session")
SESSION_CODE = Column("session_code", "de code waarmee mensen binnenkomen", "the code by which people come in")
SESSION_TITLE_NL = Column("session_title_nl", "titel van de sessie, Nederlands", "title of the session, Dutch")
SESSION_TITLE_EN = Column("session_title_en", "titel van de sessie, Engels", "title of the session, English")
SESSION_DATE = Column(
    "session_date",
    "de geplande dag, in de tijdzone van het programma; leeg als er geen is",
    "the planned day, in the time zone of the programme; empty when there is none",
    type=CellType.DAY,
)
WHICH_SESSION = (SESSION, SESSION_CODE, SESSION_TITLE_NL, SESSION_TITLE_EN, SESSION_DATE)
"""For tables that are read on their own; `Scope.which_session` has their values."""
STEP = Column("step", "id van het agendapunt", "id of the step of the agenda")
STEP_TITLE_NL = Column("step_title_nl", "titel van het agendapunt, Nederlands", "title of the step, Dutch")
STEP_TITLE_EN = Column("step_title_en", "titel van het agendapunt, Engels", "title of the step, English")
ROUND = Column("round", "id van de stemronde", "id of the round of voting")
ROUND_NUMBER = Column(
    "round_number", "nummer van de ronde in het agendapunt", "number of the round in its step", type=CellType.WHOLE
)
ITEM = Column("item", "id van wat er in stemming was", "id of what was voted on")
CONTRIBUTION = Column(
    "contribution", "id van de kaart; leeg als het punt geen kaart is", "id of the card; empty when the item is none"
)
ABOUT_ITEM = (
    Column(
        "whose",
        "wiens woorden het punt is: participant (een deelnemer), team of document",
        "whose words the item is: participant, team or document",
    ),
    Column("document", "naam van dat document, anders leeg", "name of that document, else empty"),
    Column(
        "price",
        "wat het punt in deze ronde kost, in hele euro's; leeg als het geen prijs heeft",
        "what the item costs in this round, in whole euros; empty when it has no price",
        type=CellType.WHOLE,
    ),
)
CRITERION = (
    Column(
        "criterion",
        "nummer van de vraag over het punt, vanaf 1; leeg als er één is, en bij wat over alle vragen samen gaat",
        "number of the question about the item, from 1; empty when there is one, and for what is of all together",
        type=CellType.WHOLE,
    ),
    Column("criterion_nl", "die vraag, Nederlands", "that question, Dutch"),
    Column("criterion_en", "die vraag, Engels", "that question, English"),
)
BALLOT = Column("ballot", "hoe er gestemd werd", "how people voted")
PARTICIPANT = Column(
    "participant",
    "pseudoniem van de deelnemer, hetzelfde in elk bestand van deze sessie",
    "pseudonym of the participant, the same in every file of this session",
)
PILLAR = Column("pillar", "id van de pilaar", "id of the pillar")
PILLAR_NUMBER = Column("pillar_number", "nummer van de pilaar", "number of the pillar", type=CellType.WHOLE)
PILLAR_NL = Column("pillar_nl", "naam van de pilaar, Nederlands", "name of the pillar, Dutch")
PILLAR_EN = Column("pillar_en", "naam van de pilaar, Engels", "name of the pillar, English")
ASPECT = Column(
    "aspect",
    "hardware, software, both of unsure; leeg als het punt geen kaart is, en zo ook de pilaar",
    "hardware, software, both or unsure; empty when the item is no card, and so is the pillar",
)
N_SCRIBED = Column(
    "n_scribed",
    "hoeveel van n op papier stemden; leeg als het er te weinig zijn om te noemen, of de anderen (alleen bij all)",
    "how many of n voted on paper; empty when they, or the others, are too few to name (only for all)",
    type=CellType.WHOLE,
)
