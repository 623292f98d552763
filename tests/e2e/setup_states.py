"""States of what comes before a session: a programme, its members, what an invitation leads to, and an agenda."""

from __future__ import annotations

from . import agenda_hands
from . import setup_hands as hands
from .tour import State

S = State
KENNISPARK = "/programmes/kennispark/"
SET_UP = ("Inrichting", "Set-up")
NEW = ("Nieuw programma", "New programme")
ACTS = ("Wat leden deden", "What members did")
MEMBERS = ("Leden", "Members")
INVITED = ("Kennispark Twente", "Kennispark Twente")

SETUP: tuple[State, ...] = (
    S("setup", "lobby", "studio", SET_UP, f"{KENNISPARK}setup/", dark=True, squeezed=True),
    S("setup-open", "lobby", "studio", SET_UP, f"{KENNISPARK}setup/", hands.open_every_form, dark=True),
    S("setup-wrong", "lobby", "studio", SET_UP, f"{KENNISPARK}setup/", hands.give_it_a_taken_address),
    S("programme-new", "lobby", "studio", NEW, "/programmes/new/", squeezed=True),
    S("programme-new-wrong", "lobby", "studio", NEW, "/programmes/new/", hands.make_a_programme_without_a_name),
    S("acts", "lobby", "studio", ACTS, f"{KENNISPARK}acts/"),
    S("members", "lobby", "studio", MEMBERS, f"{KENNISPARK}members/", dark=True, squeezed=True),
    S("members-open", "lobby", "studio", MEMBERS, f"{KENNISPARK}members/", hands.open_the_members),
    S("members-link", "lobby", "studio", MEMBERS, f"{KENNISPARK}members/", hands.invite_somebody),
    S(
        "agenda",
        "lobby",
        "facilitator-studio",
        ("minuten", "minutes"),
        "/s/{code}/agenda/",
        agenda_hands.open_a_step,
        dark=True,
        squeezed=True,
    ),
    S(
        "agenda-template",
        "lobby",
        "facilitator-studio",
        ("minuten", "minutes"),
        "/s/{code}/agenda/",
        agenda_hands.open_a_template,
        dark=True,
    ),
    S(
        "on-paper",
        "lobby",
        "facilitator-studio",
        ("Op papier", "On paper"),
        "/s/{code}/print/",
        squeezed=True,
    ),
    S("invitation", "lobby", "page", INVITED, "/signin/", hands.open_an_invitation, dark=True),
    S("invitation-wrong", "lobby", "page", INVITED, "/signin/", hands.choose_a_short_password),
)
