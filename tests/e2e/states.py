"""Every state of every screen, once: what axe-core judges and what `make screens` draws.

A state is reached by real commands to a real server (see tour.py) and by what a person does on the screen then.
"""

from __future__ import annotations

from . import hands
from .tour import State

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
TITLE = ("Werksessie strategie Kennispark", "Kennispark strategy workshop")
WELCOME = ("Welkom bij Kennispark", "Welcome to Kennispark")
MINE = ("Jij in deze sessie", "You in this session")
WHICH_CODE = ("Welke code staat op het scherm?", "Which code is on the screen?")
WHICH_O = ("Van welke O ben jij?", "Which O are you?")
SIGN_IN = ("Inloggen", "Sign in")
RESULTS = ("Hoe ver de O’s uit elkaar liggen", "How far the O’s lie apart")
CHANGE = ("Voor en na", "Before and after")
EVERY_O = ("De O’s, elk even zwaar", "The O’s, each the same weight")
SESSION = "/programmes/kennispark/sessions/{code}/"

S = State
STATES: tuple[State, ...] = (
    S("join-code", "door", "page", WHICH_CODE, "/", dark=True),
    S("join-code-wrong", "door", "page", WHICH_CODE, "/", hands.type_wrong_code),
    S("join", "door", "page", WHICH_O, "/join/{code}/", dark=True),
    S("join-chosen", "door", "page", WHICH_O, "/join/{code}/", hands.choose_an_o, dark=True),
    S("signin", "door", "page", SIGN_IN, "/signin/"),
    S("signin-wrong", "door", "desk", SIGN_IN, "/signin/", hands.sign_in_wrongly, dark=True),
    S("link", "door", "desk", ("Welkom, Kernteam", "Welcome, Kernteam"), "{link}"),
    S("link-used", "lobby", "page", ("Deze link werkt niet meer", "This link no longer works"), "{link}"),
    S(
        "no-session",
        "door",
        "page",
        ("Er is geen sessie met deze code", "There is no session"),
        "/join/QQQQQQ/",
        dark=True,
    ),
    S(
        "stage-no-link",
        "door",
        "desk",
        ("Deze link voor de projector werkt", "This projector link"),
        "/s/{code}/stage/?link=x",
    ),
    S("stage-lobby-empty", "door", "stage", TITLE),
    S("console-lobby-empty", "door", "console", TITLE),
    # The room comes in.
    S("phone-waiting", "lobby", "phone", ("Je bent binnen. We beginnen zo.", "You are in."), dark=True),
    S("phone-mine-first", "lobby", "phone", MINE, prepare=hands.look_at_mine),
    S(
        "phone-shell-empty",
        "lobby",
        "phone",
        ("Hier komt je sessie zodra er verbinding is", "Your session comes here once there is a connection"),
        prepare=hands.open_as_nobody,
        wired=True,
    ),
    S("stage-lobby", "lobby", "stage", TITLE, dark=True, small=True),
    S("console-lobby", "lobby", "console", TITLE),
    S(
        "console-share",
        "lobby",
        "console",
        ("Code, projector en bestanden", "Join code, projector and files"),
        prepare=hands.open_share,
        dark=True,
        small=True,
    ),
    S("console-people", "lobby", "console", ("Mensen", "People"), prepare=hands.open_people, dark=True),
    S("studio-waiting", "lobby", "studio", TITLE, SESSION),
    S("join-locked", "locked", "page", ("Meedoen is gesloten", "Joining is closed"), "/join/{code}/"),
    S("stage-locked", "locked", "stage", TITLE),
    # Welcome and writing.
    S("phone-welcome", "welcome", "phone", WELCOME),
    S("stage-welcome", "welcome", "stage", ("Welkom", "Welcome"), dark=True, small=True),
    S("console-welcome", "welcome", "console", WELCOME),
    S("phone-collect", "writing", "phone", PROFILE, dark=True),
    S("phone-collect-nothing", "writing", "phone", PROFILE, prepare=hands.save_nothing),
    S("phone-collect-own", "writing", "phone", PROFILE, prepare=hands.write_two, dark=True),
    S("phone-collect-change", "writing", "phone", PROFILE, prepare=hands.change_a_card),
    S("phone-collect-offline", "writing", "phone", PROFILE, prepare=hands.write_offline, wired=True, dark=True),
    S("phone-shell", "writing", "phone", PROFILE, prepare=hands.open_without_network, wired=True, dark=True),
    S("phone-full", "writing", "phone", PROFILE, prepare=hands.write_in_full_storage, wired=True, full=True, dark=True),
    S(
        "phone-deferred",
        "full",
        "phone",
        ("Opslaan moet even wachten", "Storing has to wait"),
        prepare=hands.see_that_it_waits,
        kept="deferred",
        dark=True,
    ),
    S("stage-writing", "written", "stage", PROFILE, dark=True, small=True),
    S("console-collect", "written", "console", PROFILE, dark=True, small=True),
    S("console-scribe", "written", "console", PROFILE, prepare=hands.type_for_someone),
    S("console-correct", "written", "console", PROFILE, prepare=hands.correct_a_card),
    S("console-step-acts", "written", "console", PROFILE, prepare=hands.open_a_step),
    S(
        "console-step-edit",
        "written",
        "console",
        ("‘Toplocatie: schrijven’ wijzigen", "Edit"),
        prepare=hands.edit_a_step,
        dark=True,
        small=True,
    ),
    S("console-step-add", "written", "console", ("Stap toevoegen", "Add a step"), prepare=hands.add_a_step),
    S("console-reveal-ask", "written", "console", PROFILE, prepare=hands.ask_to_reveal),
    S("console-remote", "written", "remote", PROFILE, dark=True),
    S("console-cut", "written", "console", PROFILE, prepare=hands.lose_the_server, wired=True),
    S("stage-cut", "written", "stage", PROFILE, prepare=hands.lose_the_server, wired=True),
    S("console-collect-closed", "written_closed", "console", PROFILE, dark=True),
    S("phone-collect-closed", "written_closed", "phone", ("is gesloten", "is closed")),
    S("stage-collect-closed", "written_closed", "stage", ("Het schrijven is klaar", "Writing is closed")),
    # Revealed cards.
    S("phone-wall", "wall", "phone", REVEALED),
    S("phone-refused", "wall", "phone", REVEALED, prepare=hands.come_back_late, kept="late", dark=True),
    S("phone-typing", "wall", "phone", REVEALED, prepare=hands.see_what_was_typed, kept="typing"),
    S("stage-wall", "wall", "stage", ("Kaarten", "Cards"), dark=True, small=True),
    S("stage-wall-next", "wall", "stage", ("Kaarten", "Cards"), prepare=hands.turn_page),
    S("stage-wall-third", "wall", "stage", ("Kaarten", "Cards"), prepare=hands.turn_pages),
    S("console-wall", "wall", "console", REVEALED),
    S("phone-collect-pillar", "elsewhere", "phone", ("Wat hoort bij allebei", "What belongs to both")),
    S("stage-wall-two", "elsewhere", "stage", ("Kaarten", "Cards"), dark=True),
    S("phone-break", "recess", "phone", ("Pauze", "Break")),
    S("stage-break", "recess", "stage", ("Pauze", "Break"), dark=True, small=True),
    S("console-ticked", "ticked", "console", ("Pauze. Daarna kiezen we.", "Break. After that we choose.")),
    # The vote.
    S("phone-vote", "voting", "phone", ("Nog 4 van 4", "4 of 4"), dark=True),
    S("phone-vote-some", "voting", "phone", ("Nog 2 van 4", "2 of 4"), prepare=hands.put_dots),
    S("phone-vote-none-left", "voting", "phone", ("Nog 0 van 4", "0 of 4"), prepare=hands.spend_all, dark=True),
    S(
        "phone-vote-offline",
        "voting",
        "phone",
        ("Nog 1 van 4", "1 of 4"),
        prepare=hands.vote_offline,
        wired=True,
        dark=True,
    ),
    S("phone-vote-pillar", "voting", "phone", ("Nog 0 van 4", "0 of 4"), prepare=hands.see_first_pillar),
    S("stage-voting", "voted", "stage", ("Zet 4 stippen", "Place 4 dots"), dark=True, small=True),
    S("console-vote", "voted", "console", CHOOSE, dark=True, small=True),
    S("console-behind", "behind", "console", CHOOSE, prepare=hands.see_the_band, kept="behind-console", dark=True),
    S(
        "stage-behind",
        "behind",
        "stage",
        ("Zet 4 stippen", "Place 4 dots"),
        prepare=hands.see_the_band,
        kept="behind-stage",
        dark=True,
    ),
    S("phone-vote-closed", "vote_closed", "phone", ("is gesloten", "is closed")),
    S("stage-vote-closed", "vote_closed", "stage", ("De stemming is gesloten", "The vote is closed")),
    S("console-vote-closed", "vote_closed", "console", CHOOSE),
    # The result.
    S("phone-result", "result", "phone", OUTCOME, dark=True),
    S(
        "phone-late-dots",
        "result",
        "ghost",
        ("2 wijzigingen", "2 changes to your dots"),
        prepare=hands.come_back_with_dots,
        kept="late-dots",
        dark=True,
    ),
    S("phone-mine", "result", "phone", MINE, prepare=hands.look_at_mine, dark=True),
    S("receipt", "result", "page", ("Jouw bewijscode", "Your receipt code"), "/receipt/", dark=True),
    S(
        "receipt-wrong",
        "result",
        "page",
        ("Jouw bewijscode", "Your receipt code"),
        "/receipt/",
        hands.type_wrong_receipt,
    ),
    S(
        "receipt-shown",
        "result",
        "phone",
        ("Wat er met jouw inbreng is gebeurd", "What came of yours"),
        prepare=hands.see_receipt,
        dark=True,
    ),
    S("stage-result-1", "result", "stage", ("Iedereen telt één keer", "Every person counts once"), dark=True),
    S(
        "stage-result-2",
        "result",
        "stage",
        ("Vier O’s, elk even zwaar", "Four O’s, each the same weight"),
        prepare=hands.second_picture,
        dark=True,
        small=True,
    ),
    S(
        "stage-result-3",
        "result",
        "stage",
        RESULTS,
        prepare=hands.third_picture,
        dark=True,
        small=True,
    ),
    S("console-result", "result", "console", OUTCOME, dark=True, small=True),
    S("studio-programme", "result", "studio", ("Sessies", "Sessions"), "/programmes/kennispark/", dark=True),
    S("studio-results", "result", "studio", RESULTS, SESSION, dark=True),
    S("studio-cards", "result", "studio", ("Kaarten", "Cards"), SESSION, hands.show_cards, dark=True),
    S("studio-facilitator", "result", "facilitator-studio", RESULTS, SESSION),
    S(
        "console-another-round",
        "result",
        "console",
        ("Nog een ronde: ", "Another round: "),
        prepare=hands.ask_another_round,
        dark=True,
        small=True,
    ),
    # Another round.
    S("console-round-ready", "again", "console", OUTCOME, prepare=hands.open_the_vote_step, dark=True),
    S("phone-vote-second", "second", "phone", ("Nog ", "left"), prepare=hands.put_dots, dark=True),
    S("stage-voting-second", "second", "stage", ("Zet ", "Place ")),
    S("phone-mine-second", "changed", "phone", MINE, prepare=hands.look_at_mine),
    S("phone-result-second", "changed", "phone", OUTCOME),
    S("stage-change", "changed", "stage", CHANGE, prepare=hands.fourth_picture, dark=True, small=True),
    S("console-result-second", "changed", "console", OUTCOME),
    S("studio-change", "changed", "studio", CHANGE, SESSION, dark=True),
    # Within chance, an O that nobody is of, and ballots that came late.
    S("stage-within-2", "chance", "stage", EVERY_O, prepare=hands.second_picture, dark=True, small=True),
    S("stage-within-3", "chance", "stage", RESULTS, prepare=hands.third_picture, dark=True, small=True),
    S("console-within", "chance", "console", ("Wat kan morgen al?", "What can start tomorrow?"), dark=True),
    S("studio-within", "chance", "studio", RESULTS, SESSION, dark=True),
    # Live results, and too few.
    S("phone-vote-live", "live", "phone", ("5 van 5", "5 of 5")),
    S("stage-live", "live", "stage", ("stippen", "dots"), dark=True),
    S("console-live", "live", "console", ("Waarmee beginnen", "What do we start with")),
    S("phone-few", "few", "phone", ("Voor wie bleef", "For who stayed")),
    S("stage-few", "few", "stage", ("Voor wie bleef", "For who stayed"), dark=True),
    S("console-few", "few", "console", ("Voor wie bleef", "For who stayed")),
    S("console-seal-ask", "few", "console", ("Voor wie bleef", "For who stayed"), prepare=hands.ask_to_seal, dark=True),
    S("console-sealed", "sealed", "console", ("Voor wie bleef", "For who stayed")),
    S("studio-few", "few", "studio", ("Voor wie bleef", "For who stayed"), SESSION),
    S("phone-closing", "closing", "phone", ("Dank jullie wel", "Thank you")),
    S("phone-retired", "closing", "ghost", ("Deze telefoon is vervangen", "This phone was replaced"), dark=True),
    S("stage-closing", "closing", "stage", ("Dank jullie wel", "Thank you")),
    S("console-last", "closing", "console", ("Dank jullie wel", "Thank you")),
    S(
        "signed-out",
        "closing",
        "leaver",
        ("Je bent uitgelogd", "You are signed out"),
        "/programmes/kennispark/",
        hands.sign_out,
    ),
)
