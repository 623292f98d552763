"""What screens are headed with, in Dutch and English, and the addresses of some."""

from __future__ import annotations

PROFILE = (
    "Waar moet de wereld Kennispark over tien jaar van kennen?",
    "What should the world know Kennispark for in ten years?",
)
CHOOSE = ("Wat moet er als eerste gebeuren?", "What should happen first?")
REVEALED = ("Wat valt op, en wat ontbreekt nog?", "What stands out, and what is missing?")
OUTCOME = (
    "Waar zijn de O’s het over eens, en waar verschillen ze?",
    "Where do the O’s agree, and where do they differ?",
)
BELONGS = ("Wat hoort bij allebei", "What belongs to both")
RECOGNISE = ("Wat herken je?", "What do you recognise?")
ALREADY = ("Wat herken je nu al?", "What do you recognise already?")
MORNING = ("Waarmee beginnen we morgen?", "What do we start with tomorrow?")
TOMORROW = ("Wat kan morgen al?", "What can start tomorrow?")
TITLE = ("Werksessie strategie Kennispark", "Kennispark strategy workshop")
WELCOME = ("Welkom bij Kennispark", "Welcome to Kennispark")
MINE = ("Jouw kaarten en stemmen", "Your cards and votes")
WHICH_CODE = ("Welke code staat op het scherm?", "Which code is on the screen?")
WHICH_O = ("Bij welke O hoor jij?", "Which O are you with?")
WAYS = ("Manieren van stemmen", "Ways of voting")
GUIDE = ("Handleiding voor de begeleider", "Facilitator’s guide")
SIGN_IN = ("Inloggen", "Sign in")
REHEARSAL = ("Repetitie: Werksessie strategie Kennispark", "Rehearsal: Kennispark strategy workshop")
WIPE = ("Maak de repetitie leeg", "Wipe the rehearsal")
ERASE = ("Eén persoon wissen", "Erase one person")
DELETE = ("Verwijder de sessie", "Delete the session")
THANKS = ("Dank jullie wel", "Thank you")
EVENING = ("’s Avonds is Kennispark nu…", "In the evening Kennispark is…")
ASK_US = ("Wat wil je van ons weten?", "What do you want to know from us?")
WHO_DECIDES = ("Wie beslist er straks over de invulling van het plein?",) * 2
RESULTS = ("Hoe ver de O’s uit elkaar liggen", "How far the O’s lie apart")
CHANGE = ("Voor en na", "Before and after")
SESSION = "/programmes/kennispark/sessions/{code}/"
