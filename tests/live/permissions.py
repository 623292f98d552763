"""Who may do what: literal expectations of each role, for every address, every socket and every command."""

from __future__ import annotations

from typing import Any

from sessions.domain.commands import SYSTEM_COMMANDS, Command

ROLES = ("nobody", "participant", "elsewhere", "facilitator", "stranger", "stage", "core", "steering")
"""`elsewhere`: of another session. `stranger`: a facilitator of another programme. `stage`: a projector's link."""

# Of (method, name): the status for each role, in the order above. 302 leads somebody who is not signed in to the
# sign-in page, and somebody who has not joined to the join page.
OPEN = (200,) * 8
RUNS = (302, 302, 302, 200, 403, 302, 200, 403)
MEMBERS = (302, 302, 302, 200, 403, 302, 200, 200)
CORE_ONLY = (302, 302, 302, 403, 403, 302, 200, 403)
NEVER = (405,) * 8


def _core_only(status: int) -> tuple[int, ...]:
    return (302, 302, 302, 403, 403, 302, status, 403)


ADDRESSES: dict[tuple[str, str], tuple[int, ...]] = {
    ("GET", "home"): OPEN,
    ("POST", "home"): (302,) * 8,
    ("GET", "short"): (302,) * 8,
    ("POST", "short"): NEVER,
    ("GET", "join"): (200, 302, 200, 200, 200, 200, 200, 200),
    ("POST", "join"): (302,) * 8,
    ("GET", "join-waiting"): OPEN,
    ("POST", "join-waiting"): NEVER,
    ("GET", "phone"): (302, 200, 302, 302, 302, 302, 302, 302),
    ("POST", "phone"): NEVER,
    # Without a code everybody is asked for one; a phone gets its short code by the API.
    ("GET", "here"): OPEN,
    ("POST", "here"): (404,) * 8,
    ("GET", "read"): (302, 200, 302, 302, 302, 302, 302, 302),
    ("POST", "read"): NEVER,
    ("GET", "api-earlier"): (403, 200, 403, 403, 403, 403, 403, 403),
    ("POST", "api-earlier"): NEVER,
    ("GET", "api-move-code"): NEVER,
    ("POST", "api-move-code"): (403, 201, 403, 403, 403, 403, 403, 403),
    ("GET", "console"): RUNS,
    ("POST", "console"): NEVER,
    **{("GET", name): RUNS for name in ("agenda", "print", "console-earlier", "watched", "watched-now")},
    **{("POST", name): NEVER for name in ("agenda", "print", "console-earlier", "watched", "watched-now")},
    ("GET", "agenda-check"): RUNS,
    ("POST", "agenda-check"): NEVER,
    ("GET", "agenda-templates"): RUNS,
    ("POST", "agenda-templates"): (302, 302, 302, 400, 403, 302, 400, 403),
    ("GET", "agenda-template"): (302, 302, 302, 404, 403, 302, 404, 403),
    ("POST", "agenda-template"): (302, 302, 302, 404, 403, 302, 404, 403),
    **{(how, "crowd"): (*RUNS[:3], 409, 403, 302, 409, 403) for how in ("GET", "POST")},
    ("POST", "crowd-stop"): (*RUNS[:3], 409, 403, 302, 409, 403),
    **dict.fromkeys((("GET", "crowd-stop"), ("GET", "own-link")), NEVER),
    ("GET", "stage"): (302, 302, 302, 200, 403, 200, 200, 403),
    ("POST", "stage"): NEVER,
    ("GET", "stage-link"): NEVER,
    **dict.fromkeys((("POST", "stage-link"), ("POST", "own-link")), RUNS),
    ("GET", "stage-revoke"): NEVER,
    ("POST", "stage-revoke"): RUNS,
    ("GET", "account_login"): (200, 200, 200, 302, 302, 200, 302, 302),
    ("POST", "account_login"): (400, 400, 400, 302, 302, 400, 302, 302),
    ("GET", "account_logout"): (302,) * 8,
    ("POST", "account_logout"): OPEN,
    ("GET", "link"): OPEN,
    ("POST", "link"): (302,) * 8,
    **{("GET", name): OPEN for name in ("guide", "guide-ballots", "guide-report")},
    **{("POST", name): NEVER for name in ("guide", "guide-ballots", "guide-report")},
    ("GET", "receipt"): OPEN,
    ("POST", "receipt"): (404,) * 8,
    ("GET", "own-data"): NEVER,
    ("POST", "own-data"): (404,) * 8,
    ("GET", "own-erasure"): NEVER,
    ("POST", "own-erasure"): (404,) * 8,
    ("GET", "privacy"): OPEN,
    ("POST", "privacy"): NEVER,
    ("GET", "api-session"): OPEN,
    ("POST", "api-session"): NEVER,
    ("GET", "api-participants"): NEVER,
    ("POST", "api-participants"): (201, 200, 201, 201, 201, 201, 201, 201),
    ("GET", "api-description"): OPEN,
    ("POST", "api-description"): NEVER,
    ("GET", "health-live"): OPEN,
    ("POST", "health-live"): NEVER,
    ("GET", "health-ready"): OPEN,
    ("POST", "health-ready"): NEVER,
    ("GET", "metrics"): OPEN,
    ("POST", "metrics"): NEVER,
    ("GET", "download session.zip"): MEMBERS,
    ("GET", "download session.xlsx"): MEMBERS,
    ("GET", "download contributions.csv"): RUNS,
    ("GET", "download results.csv"): MEMBERS,
    ("GET", "download words.csv"): MEMBERS,
    ("GET", "download votes.csv"): CORE_ONLY,
    ("GET", "download participants.csv"): CORE_ONLY,
    ("GET", "download events.jsonl"): CORE_ONLY,
    ("GET", "download session.json"): RUNS,
    ("GET", "download contributions-spreadsheet.csv"): RUNS,
    ("GET", "download results-spreadsheet.csv"): MEMBERS,
    ("GET", "download words-spreadsheet.csv"): MEMBERS,
    ("GET", "download votes-spreadsheet.csv"): CORE_ONLY,
    ("GET", "download participants-spreadsheet.csv"): CORE_ONLY,
    ("GET", "download nothing.csv"): (302, 302, 302, 404, 403, 302, 404, 404),
    ("POST", "download results.csv"): NEVER,
    # This session still goes on: there is no report of it yet. Of one that is over: tests/exchange/test_report.py.
    ("GET", "report"): (302, 302, 302, 409, 403, 302, 409, 409),
    ("POST", "report"): NEVER,
    ("GET", "report-file report-nl.pdf"): (302, 302, 302, 409, 403, 302, 409, 409),
    ("GET", "report-file nothing.pdf"): (302, 302, 302, 404, 403, 302, 404, 404),
    ("POST", "report-file report-nl.pdf"): NEVER,
    # Nothing was revealed in this session. Of one in which it was: tests/exchange/test_pictures.py.
    ("GET", "picture abcdefghijkl-nl.svg"): (302, 302, 302, 404, 403, 302, 404, 404),
    ("POST", "picture abcdefghijkl-nl.svg"): NEVER,
    ("GET", "programme-download"): MEMBERS,
    ("POST", "programme-download"): NEVER,
    ("GET", "programme-workbook"): MEMBERS,
    ("POST", "programme-workbook"): NEVER,
    ("GET", "programmes"): (302,) * 8,  # to sign in, or on to the only programme there is
    ("POST", "programmes"): NEVER,
    ("GET", "programme"): MEMBERS,
    ("POST", "programme"): (302, 302, 302, 400, 403, 302, 400, 403),
    ("GET", "studio-session"): MEMBERS,
    ("POST", "studio-session"): (302, 302, 302, 400, 403, 302, 400, 403),
    ("GET", "studio-duplicate"): NEVER,
    ("GET", "studio-revoke"): NEVER,
    ("POST", "studio-revoke"): (302, 302, 302, 302, 403, 302, 302, 403),
    ("GET", "manifest"): OPEN,
    ("POST", "manifest"): NEVER,
    ("GET", "worker"): OPEN,
    ("POST", "worker"): NEVER,
    ("GET", "icon"): OPEN,
    ("POST", "icon"): NEVER,
    ("POST", "studio-duplicate"): (302, 302, 302, 302, 403, 302, 302, 403),
    ("GET", "studio-rehearse"): NEVER,
    ("POST", "studio-rehearse"): (302, 302, 302, 302, 403, 302, 302, 403),
    ("GET", "studio-archive"): NEVER,
    ("POST", "studio-archive"): (302, 302, 302, 403, 403, 302, 302, 403),
    # This session is no rehearsal: nobody wipes it, and only the core team deletes it. What goes for a rehearsal is
    # in test_permissions.py.
    ("GET", "studio-wipe"): (302, 302, 302, 409, 403, 302, 409, 403),
    ("POST", "studio-wipe"): (302, 302, 302, 409, 403, 302, 409, 403),
    ("GET", "studio-delete"): CORE_ONLY,
    ("POST", "studio-delete"): (302, 302, 302, 403, 403, 302, 302, 403),
    ("GET", "studio-erase"): CORE_ONLY,
    ("POST", "studio-erase"): _core_only(400),
    ("GET", "studio-keep"): NEVER,
    ("POST", "studio-keep"): _core_only(302),
    # Of the set-up; what is sent there is empty, or names what is not there.
    ("GET", "invitation"): (410,) * 8,
    ("POST", "invitation"): (410,) * 8,
    # Who may make a programme is told of an account, not of a role.
    ("GET", "programme-new"): _core_only(403),
    ("POST", "programme-new"): _core_only(403),
    ("GET", "setup"): CORE_ONLY,
    ("POST", "setup"): _core_only(400),
    ("GET", "setup-pillars"): NEVER,
    ("POST", "setup-pillars"): _core_only(400),
    ("GET", "setup-pillar"): NEVER,
    ("POST", "setup-pillar"): _core_only(409),
    ("GET", "setup-sectors"): NEVER,
    ("POST", "setup-sectors"): _core_only(400),
    ("GET", "setup-sector"): NEVER,
    ("POST", "setup-sector"): _core_only(409),
    ("GET", "setup-partners"): NEVER,
    ("POST", "setup-partners"): _core_only(302),
    ("GET", "setup-archive"): NEVER,
    ("POST", "setup-archive"): _core_only(302),
    ("GET", "setup-privacy"): NEVER,
    ("POST", "setup-privacy"): _core_only(302),
    ("GET", "acts"): CORE_ONLY,
    ("POST", "acts"): NEVER,
    ("GET", "members"): CORE_ONLY,
    ("POST", "members"): _core_only(400),
    ("GET", "member"): NEVER,
    ("POST", "member"): _core_only(400),
    ("GET", "invitation-withdraw"): NEVER,
    ("POST", "invitation-withdraw"): _core_only(302),
}
SIGN_IN_FIRST = {"console", "own-link", "stage", "stage-link", "stage-revoke", "programme", "studio-session"} | {
    *("console-earlier", "watched", "watched-now"),
    *("agenda", "print", "agenda-check", "agenda-templates", "agenda-template"),
    "studio-duplicate",
    "studio-rehearse",
    "studio-archive",
    "studio-wipe",
    "studio-delete",
    "studio-revoke",
    *("programme-new", "setup", "setup-pillars", "setup-pillar", "setup-sectors", "setup-sector", "setup-partners"),
    *("setup-archive", "setup-privacy", "acts", "members", "member", "invitation-withdraw"),
    *("studio-erase", "studio-keep"),
}
"""Addresses that answer 302 to the sign-in page, and to nothing else, when nobody is signed in."""

# -- commands and sockets ------------------------------------------------------------------------------------------

ID = "000000000000"
STEP = {"step": ID}
NOT, SIGNED_OUT, NO_ROLE = "auth.not_allowed", "auth.signed_out", "auth.no_role"
# Of each command: what it holds, and the answer to a phone and to whoever runs the session. All ids are of nothing,
# so what may be done is refused for that.
COMMANDS: dict[str, tuple[dict[str, Any], str, str]] = {
    "card.write": (STEP | {"text": "a", "aspect": "both", "lang": "nl"}, "step.unknown", NOT),
    "card.edit": ({"card": ID, "text": "a"}, "card.unknown", NOT),
    "card.withdraw": ({"card": ID}, "card.unknown", NOT),
    "vote.cast": ({"round": ID, "item": ID, "value": 1, "tap": 1}, "round.unknown", NOT),
    "step.done": (STEP | {"on": True}, "step.unknown", NOT),
    "sector.change": ({"sector": ID}, "sector.unknown", NOT),
    "step.open": (STEP, NOT, "step.unknown"),
    "step.close": (STEP, NOT, "step.unknown"),
    "step.reveal": (STEP, NOT, "step.unknown"),
    "step.seal": (STEP | {"confirmed": 1, "of": 1}, NOT, "step.unknown"),
    "step.undo": ({}, NOT, "undo.too_late"),
    "clock.add": (STEP | {"seconds": 60}, NOT, "step.unknown"),
    "clock.pause": (STEP, NOT, "step.unknown"),
    "clock.start": (STEP, NOT, "step.unknown"),
    "stage.show": (STEP | {"held": True}, NOT, "step.unknown"),
    "message.put": ({"text_nl": " "}, NOT, "text.empty"),
    "message.remove": ({"message": ID}, NOT, "ok"),
    "question.answer": ({"round": ID, "item": ID, "on": True}, NOT, "round.unknown"),
    "card.redact": ({"card": ID, "reason": "rude"}, NOT, "card.unknown"),
    "card.restore": ({"card": ID}, NOT, "card.unknown"),
    "card.classify": ({"card": ID, "aspect": "both"}, NOT, "card.unknown"),
    "card.scribe": (
        STEP | {"text": "a", "aspect": "both", "sector": ID, "lang": "nl"},
        NOT,
        "step.unknown",
    ),
    "card.tick": ({"round": ID, "card": ID, "on": True}, NOT, "round.unknown"),
    "item.add": ({"round": ID, "items": [{"text_nl": "a"}]}, NOT, "round.unknown"),
    "item.carry": ({"round": ID, "of": ID}, NOT, "round.unknown"),
    "item.edit": ({"round": ID, "item": ID, "price": 1}, NOT, "round.unknown"),
    "item.move": ({"round": ID, "item": ID}, NOT, "round.unknown"),
    "item.remove": ({"round": ID, "items": [ID]}, NOT, "round.unknown"),
    "item.redact": ({"item": ID, "reason": "rude"}, NOT, "item.unknown"),
    "item.restore": ({"item": ID}, NOT, "item.unknown"),
    "round.add": (STEP, NOT, "step.unknown"),
    "round.remove": ({"round": ID}, NOT, "round.unknown"),
    "ballot.add": ({"round": ID, "sector": ID, "marks": [{"item": ID, "value": 1}]}, NOT, "round.unknown"),
    "ballot.edit": (
        {"round": ID, "participant": ID, "sector": ID, "marks": [{"item": ID, "value": 1}]},
        NOT,
        "round.unknown",
    ),
    "ballot.remove": ({"round": ID, "participant": ID}, NOT, "round.unknown"),
    "round.publish": ({"round": ID}, NOT, "round.unknown"),
    "participant.retire": ({"participant": ID}, NOT, "participant.unknown"),
    "participant.restore": ({"participant": ID}, NOT, "participant.unknown"),
    "participant.move": ({"participant": ID, "sector": ID}, NOT, "participant.unknown"),
    "participant.retire_silent": ({"since": 4_000_000_000_000}, NOT, "ok"),
    "participant.restore_silent": ({"at": 0}, NOT, "ok"),
    "session.lock": ({"on": False}, NOT, "ok"),
    "session.edit": ({}, NOT, "ok"),
    "request.admit": ({"request": ID}, NOT, "ok"),
    "request.admit_all": ({"until": 0}, NOT, "ok"),
    "request.refuse": ({"request": ID}, NOT, "ok"),
    "request.refuse_all": ({"until": 0}, NOT, "ok"),
    "agenda.add": ({"kind": "break", "title_nl": "a", "title_en": "a", "after": ID}, NOT, "step.unknown"),
    "agenda.replace": ({"template": "gone"}, NOT, "template.unknown"),
    "agenda.restore": ({"steps": [], "kind": "event"}, NOT, "agenda.changed"),
    "agenda.edit": (STEP | {"minutes": 1}, NOT, "step.unknown"),
    "agenda.move": (STEP, NOT, "step.unknown"),
    "agenda.remove": (STEP, NOT, "step.unknown"),
    "participant.join": ({"sector": ID, "token_hash": "a"}, "command.unknown", "command.unknown"),
    "participant.go_on": (
        {"code": "A", "token_hash": "a", "receipt_hash": "b"},
        "command.unknown",
        "command.unknown",
    ),
    "participant.seen": ({"people": []}, "command.unknown", "command.unknown"),
    "card.destroy": ({}, "command.unknown", "command.unknown"),
    "practice.end": ({}, "command.unknown", "command.unknown"),
    "round.compare": ({"round": ID, "publication": 1}, "command.unknown", "command.unknown"),
    "round.adopt": ({}, "command.unknown", "command.unknown"),
}
# What a projector may ask too; all else is not allowed to it.
OF_THE_STAGE = {"stage.show"}
# What no socket lets through, and the answer to the program itself.
OF_THE_SYSTEM: dict[str, tuple[type[Command], str]] = {
    command.do: (
        command,
        {
            "participant.join": "sector.unknown",
            "participant.go_on": "move.unknown",
            "round.compare": "round.unknown",
        }.get(command.do, "ok"),
    )
    for command in SYSTEM_COMMANDS
}
# Who is let in by which role that the address names: None, or the refusal after which the socket closes for good.
SOCKETS: dict[str, tuple[str | None, ...]] = {
    # nobody, participant, elsewhere, facilitator, stranger, stage, core, steering
    "phone": ("auth.not_joined", None, *("auth.not_joined",) * 6),
    "stage": (*(SIGNED_OUT,) * 3, None, NO_ROLE, None, None, NO_ROLE),
    "console": (*(SIGNED_OUT,) * 3, None, NO_ROLE, SIGNED_OUT, None, NO_ROLE),
}
