"""Gives every concept one name: renames modules, classes, functions and test names, in code, tests and documents.

    .venv/bin/python /tmp/rename.py            in the root of the tree; ends with formatting and generated files
    .venv/bin/python /tmp/rename.py --dry      says what it would do

Safe to run twice: what is not there any more is passed over. Text between `<!-- old names -->` and
`<!-- /old names -->` is left alone. Database names, wire fields, addresses, metrics and sentences are not touched.
"""

from __future__ import annotations

import ast
import io
import os
import re
import subprocess
import sys
import textwrap
import tokenize
from bisect import bisect_left
from functools import cache
from pathlib import Path

ROOT = Path.cwd()
DRY = "--dry" in sys.argv
PYTHON = ROOT / ".venv/bin/python"

# -- what is renamed -----------------------------------------------------------------------------------------------
# Python modules, by their dotted names; a package takes everything in it along.
MODULES = dict(line.split() for line in """
sessions.domain.ask                 sessions.domain.command_request
sessions.domain.verb                sessions.domain.command
sessions.domain.verbs               sessions.domain.commands
sessions.domain.commands            sessions.domain.handlers
sessions.domain.commands.marks      sessions.domain.handlers.sector_marks
sessions.domain.commands.moving     sessions.domain.handlers.transfer
sessions.domain.lines               sessions.domain.log_effects
sessions.domain.wording             sessions.domain.sanitiser
sessions.domain.standing            sessions.domain.authorisation
sessions.domain.waiting             sessions.domain.waiting_room
sessions.domain.moving              sessions.domain.transfer
sessions.domain.closing             sessions.domain.attendance
sessions.models.moving              sessions.models.transfer
sessions.live.bell                  sessions.live.notifications
sessions.live.pulse                 sessions.live.redis_probe
sessions.live.brake                 sessions.live.guess_limiter
sessions.live.ration                sessions.live.write_limiter
sessions.live.eraser                sessions.live.erasure_job
sessions.live.clearing              sessions.live.deletion_job
sessions.live.chance                sessions.live.chance_job
sessions.live.catalogue             sessions.live.wire_structs
sessions.live.door                  sessions.live.entry_check
sessions.live.gate                  sessions.live.socket_app
sessions.live.http_gate             sessions.live.long_poll_app
sessions.live.http_line             sessions.live.long_poll
sessions.live.http_lines            sessions.live.long_polls
sessions.live.missed                sessions.live.replay
sessions.live.unread                sessions.live.slow_consumers
sessions.live.seen                  sessions.live.first_connections
sessions.live.wire                  sessions.live.frame_transport
sessions.live.codes                 sessions.live.join_code_guesses
sessions.live.reading               sessions.live.reader_threads
sessions.server.wire                sessions.server.frame_transport
sessions.server.pace                sessions.server.handshake_queue
sessions.server.place               sessions.server.startup_lock
sessions.server.borrowed            sessions.server.vendor_internals
sessions.exchange.reading           sessions.exchange.consistent_read
sessions.exchange.small             sessions.exchange.sector_marks
sessions.synthesis.chance           sessions.synthesis.permutation_test
sessions.synthesis.support          sessions.synthesis.confidence_interval
sessions.views.door                 sessions.views.join_cache
sessions.views.moving               sessions.views.transfer
sessions.views.waiting              sessions.views.waiting_room
sessions.views.watch                sessions.views.request_log
sessions.views.refusing             sessions.views.body_too_large
sessions.views.failures             sessions.views.error_pages
sessions.management.simulation.room sessions.management.simulation.client_state
tests.nursery                       tests.fork_server
tests.landlord                      tests.shared_postgres
tests.live.http_requests            tests.live.poll_requests
tests.live.test_borrowed            tests.live.test_vendor_internals
tests.live.test_brake               tests.live.test_guess_limiter
tests.live.test_http_line           tests.live.test_long_poll
tests.live.test_http_polls          tests.live.test_long_poll_batching
tests.live.test_missed              tests.live.test_replay
tests.live.test_pace                tests.live.test_handshake_queue
tests.live.test_unread              tests.live.test_slow_consumers
tests.live.test_waiting             tests.live.test_waiting_room
tests.domain.test_closing           tests.domain.test_attendance
tests.domain.test_marks             tests.domain.test_sector_marks
tests.domain.test_moving            tests.domain.test_transfer
tests.domain.test_standing          tests.domain.test_authorisation
tests.domain.test_waiting           tests.domain.test_waiting_room
tests.domain.test_wording           tests.domain.test_sanitiser
tests.synthesis.test_chance         tests.synthesis.test_permutation_test
tests.synthesis.test_support        tests.synthesis.test_confidence_interval
tests.views.test_moving             tests.views.test_transfer
tests.e2e.test_moving               tests.e2e.test_transfer
tests.ops.test_redis_kinds          tests.ops.test_redis_setups
tests.protocol.evening              tests.protocol.scenario
tests.protocol.eyes                 tests.protocol.visibility
tests.protocol.moving               tests.protocol.transfer
tests.protocol.tapes                tests.protocol.recordings
tests.protocol.test_evenings        tests.protocol.test_scenarios
tools.attacks.room                  tools.attacks.voters
""".split("\n") if line.strip())

# Classes, functions and constants: the module that defines them (its old name), the old name, the new one.
SYMBOLS = [tuple(line.split()) for line in """
sessions.domain.verb Verb Command
sessions.domain.verbs PHONE_VERBS PHONE_COMMANDS
sessions.domain.verbs CONSOLE_VERBS CONSOLE_COMMANDS
sessions.domain.verbs STAGE_VERBS STAGE_COMMANDS
sessions.domain.verbs OWED_VERBS OWED_COMMANDS
sessions.domain.verbs SYSTEM_VERBS SYSTEM_COMMANDS
sessions.domain.ask Ask CommandRequest
sessions.domain.ask Outcome CommandResult
sessions.domain.commands _COMMANDS _HANDLERS
sessions.domain.commands.marks note_marks note_sector_marks
sessions.domain.commands.moving go_on transfer_participant
sessions.domain.kind Command Handler
sessions.domain.kind _commands _handlers
sessions.domain.kind command_of handler_of
sessions.domain.kind verb_called command_called
sessions.domain.kind verbs_of commands_of
sessions.domain.log Line LogLine
sessions.domain.log Entry LogEntry
sessions.domain.log Kind LogKind
sessions.domain.closing Told ConfirmationReport
sessions.domain.closing join_told merge_reports
sessions.domain.closing Seen StepObservation
sessions.domain.closing Elsewhere RemoteObservation
sessions.domain.receipt Outcome ReceiptOutcome
sessions.domain.results Company AnonymitySets
sessions.domain.results find_company find_anonymity_sets
sessions.domain.standing Standing MemberRight
sessions.domain.state Placed PlacedItem
sessions.domain.audience bears_mark bears_sector_mark
sessions.domain.results choose_marked choose_sector_marks
sessions.ballots.ballot Told Statistic
sessions.ballots.ballot Person SimulatedVoter
sessions.ballots.ballot Group ShownGroup
sessions.ballots.ballot Mine OwnMarks
sessions.ballots.ballot Of Denominator
sessions.live.bell ring notify
sessions.live.bell listen subscribe
sessions.live.bell unlisten unsubscribe
sessions.live.bell hear_others relay_remote
sessions.live.bell LOOK CHANGED
sessions.live.bell _ring_here _notify_local
sessions.live.bell _ring_others _notify_remote
sessions.live.bell _ringing _sending
sessions.live.pulse beats last_probe
sessions.live.pulse miss mark_failed
sessions.live.pulse keep_feeling start_probing
sessions.live.pulse BEAT_S PROBE_INTERVAL_S
sessions.live.pulse _beats _last
sessions.live.pulse _beat_once _probe_once
sessions.live.pulse _feel _probe
sessions.live.brake Brake GuessLimiter
sessions.live.brake Visitor AddressBudget
sessions.live.brake Table BoundedTable
sessions.live.ration Ration WriteLimiter
sessions.live.eraser keep_erasing start_erasure_job
sessions.live.codes Places TrustedAddresses
sessions.live.codes is_let_in_before was_admitted_before
sessions.live.credentials Judged RightsChange
sessions.live.door Visitor ConnectionRequest
sessions.live.door visitor_of connection_request_of
sessions.live.gate SocketGate SocketApp
sessions.live.http_gate HttpGate LongPollApp
sessions.live.http_line HttpLine LongPoll
sessions.live.http_line LINE_UNKNOWN POLL_UNKNOWN
sessions.live.headers headers_of_line headers_of_poll
sessions.live.missed Missed Replay
sessions.live.protocol Answer Reply
sessions.live.protocol PongAnswer PongReply
sessions.live.protocol WelcomeAnswer WelcomeReply
sessions.live.protocol PackedWelcomeAnswer PackedWelcomeReply
sessions.live.protocol LineAsk PollRequest
sessions.live.protocol LineTold PollResponse
sessions.live.protocol Left HeldAnswers
sessions.live.protocol ComeBack ReconnectNotice
sessions.live.protocol VERBS COMMAND_TYPES
sessions.live.protocol _verbs _decoders_by_name
sessions.live.catalogue VERBS COMMAND_TYPES
sessions.live.socket VERBS_OF COMMANDS_OF
sessions.live.presence Room Presence
sessions.live.presence Here LocalPresence
sessions.live.seen Seen FirstConnections
sessions.live.tally TallyNews TallyChanges
sessions.live.unread find_unread find_slow_consumers
sessions.live.welcome Knock PendingHello
sessions.live.welcome Entrance HelloResult
sessions.live.welcome answer_knocks answer_hellos
sessions.live.welcome _Porter _WelcomeBuilder
sessions.live.wire Carrier FrameTransport
sessions.live.wire carrier_of transport_of
sessions.live.writer ask submit_and_wait
sessions.live.writer Chore SlicedJob
sessions.live.writer CHORE_RETRY_S JOB_RETRY_S
sessions.live.writer _Waiting _QueuedCommand
sessions.server.wire Wire DaphneTransport
sessions.server.pace Pace HandshakeQueue
sessions.server.place start_alone hold_startup_lock
sessions.server.strangers Kind StrangerKind
sessions.server.proxy believe_proxy apply_forwarded_headers
sessions.exchange.events Line JsonLine
sessions.exchange.rounds Entry ShownItem
sessions.exchange.scope Person ExportedPerson
sessions.exchange.votes Follower MergeJoin
sessions.exchange.votes Placed ExportedItem
sessions.exchange.moments Stored StoredMoment
sessions.management.simulation.room Room ClientState
sessions.management.simulation.client _Waiting _PendingCommand
sessions.management.simulation.http Unwelcome HttpRefused
sessions.management.simulation.websocket knock open_handshake
sessions.synthesis.chance line_of_chance critical_spread
sessions.views.access visitor_of guesser_of
sessions.views.door read_at_door read_cached
sessions.views.access session_at_door cached_session_for
sessions.views.health live liveness
sessions.views.health ready readiness
sessions.views.moving here transfer
sessions.views.signin ClosedDoor AccountAdapter
sessions.views.watch WatchMiddleware RequestLogMiddleware
tests.factory Room SessionHarness
tests.nursery Nursery ForkServer
tests.nursery Born ForkedProcess
tests.landlord Landlord SharedPostgres
tests.e2e.room Room Cast
tests.e2e.proxy Wire CutProxy
tests.ops.test_redis_kinds Room ProcessPair
tests.domain.test_closing Evening ObservedStep
tests.domain.test_marks Evening MarkHistory
tests.domain.test_refusals Evening TwinSessions
tests.kinds.test_groups Evening CirclesSession
tests.live.ending Evening EndingSession
tests.migrations.test_ballots Evening SessionBefore
tests.protocol.evening Evening Scenario
tests.protocol.served ServedEvening ServedScenario
tests.protocol.process Line SimulatedConnection
tests.protocol.moving Moving Transfers
tests.protocol.tapes Tapes Recordings
tests.live.http_requests knock open_poll
tests.live.nonsense command command_frame
tests.live.test_pace Line SlowConnection
tests.live.test_strangers Line RawConnection
tests.live.test_unread Line UnreadPoll
tests.views.test_headers knock open_socket
tools.attacks.room Room Voters
tools.attacks.guesses _Room _Insiders
tools.attacks.streams Outcome AttackResult
tools.bench.report Line Target
tools.bench.wire Line HttpConnection
tools.bench.other TransportWire UvicornTransport
tools.faults.rush Room ManyPhones
tools.faults.rush room many_phones
""".split("\n") if line.strip()]

# Attributes, parameters and local names: where (a regular expression on the old path), the old name, the new one.
NAMES = [tuple(line.split()) for line in r"""
^(sessions|tests|tools)/ verb command
^(sessions|tests|tools)/ verbs commands
^sessions/domain/(ask|batch_rows|world)\.py|^sessions/domain/commands/__init__\.py|^sessions/live/(writer|chance|seen|socket)\.py asks requests
^sessions/domain/(ask|batch_rows|world)\.py|^sessions/domain/commands/__init__\.py|^sessions/live/(writer|chance|seen|socket)\.py ask request
^sessions/domain/world\.py _ask _request
^(sessions/live|tests|tools)/ knocks hellos
^sessions/live/hub\.py _knocks _hellos
^sessions/live/hub\.py|^sessions/live/socket\.py knock queue_hello
^sessions/live/(welcome|turn)\.py|^tests/live/client\.py|^tools/property/ knock hello
^sessions/live/|^tests/live/client\.py|^tools/ entrance hello_result
^sessions/live/|^tests/|^tools/ entrances hello_results
^sessions/live/welcome\.py porter builder
^sessions/live/welcome\.py missed replay
^sessions/live/welcome\.py _missed _replay
^sessions/live/(hub|socket|registry)\.py hear_left note_held
^sessions/live/hub\.py _bell_seq _notified_seq
^sessions/live/hub\.py _beat _cycle
^sessions/live/hub\.py _breath _pause_s
^sessions/live/hub\.py _hear _on_notification
^sessions/live/hub\.py _here _local_presence
^(sessions/live|tests|tools)/.* take_turns run_in_slices
^sessions/live/writer\.py chore job
^sessions/live/turn\.py entries lines
^sessions/live/turn\.py _values _now
^tests/docs/test_protocol\.py commands documented
^sessions/domain/commands/__init__\.py command handler
^tests/protocol/|^tools/property/ evening scenario
^tests/protocol/|^tools/property/ evenings scenarios
^tests/protocol/|^tools/property/ tapes recordings
""".split("\n") if line.strip()]

# The same in files of the frontend: where, a pattern, its replacement.
FRONTEND_FILES = dict(line.split() for line in """
lib/live.ts                lib/session-client.ts
lib/live.test.ts           lib/session-client.test.ts
lib/line.ts                lib/pending-queue.ts
lib/http-line.ts           lib/long-poll.ts
lib/http-line.test.ts      lib/long-poll.test.ts
lib/way.ts                 lib/transport-choice.ts
lib/ways.ts                lib/connection-hooks.ts
lib/outbox-ways.ts         lib/outbox-hooks.ts
lib/flight.ts              lib/in-flight.ts
lib/disk.ts                lib/indexed-db.ts
lib/kept.ts                lib/offline-cache.ts
lib/evenings.test.ts       lib/scenarios.test.ts
parts/live.svelte.ts       parts/announcer.svelte.ts
parts/Live.svelte          parts/LiveRegions.svelte
parts/Mark.svelte          parts/SectorMark.svelte
parts/MarkShape.svelte     parts/SectorMarkShape.svelte
console/asking.svelte.ts   console/pending-command.svelte.ts
""".split("\n") if line.strip())

# Words of the frontend: files (a regular expression on the old path below frontend/src), a pattern, its replacement.
FRONTEND_WORDS = [
    (r".", r"\bLiveView\b", "ClientView"),
    (r".", r"\bLiveOptions\b", "ClientOptions"),
    (r".", r"(?<![/.\w-])Live(?=[,; ;>)(\]]| \}|\.ask|$)(?! result)", "SessionClient"),
    (r"^lib/|^phone/|^kinds/|^console/|^stage/", r"\bphone\.live\b", "phone.client"),
    (r"^phone/phone\.svelte\.ts", r"\bthis\.live\b", "this.client"),
    (r"^phone/phone\.svelte\.ts|^lib/.*\.test\.ts|^lib/cards\.ts|^(phone|console)/main\.ts|^phone/chunk\.test\.ts"
     r"|^kinds/kinds\.test\.ts|^console/App\.svelte",
     r"(?<![\w\"'/.$#-])(?<!that )(?<!not )live(?![\w\"'/-]|: false|: true|\()", "client"),
    (r"^kinds/kinds\.test\.ts", r"start, client \}", "start, live: client }"),
    (r"^console/lights\.test\.ts", r"(?<![\w\"'/.$#-])live(?![\w\"'/ -]| conn)|(?<=const )live\b|(?<=\.\.\.)live\b", "connected"),
    (r"^console/", r"\bdesk\.live\b", "desk.connected"),
    (r"^console/desk\.svelte\.ts", r"\breadonly live = \$derived|this\.live\b", lambda m: m.group(0).replace("live", "connected")),
    (r"^(lib|phone|console|stage)/(?!.*wire\.gen)",
     r'(\bstatus(?:: | === | !== |\()|\bstatus\)\.toBe\(|toEqual\(\[|"connecting" \| )"live"', r'\1"connected"'),
    (r"^lib/outbox\.(test|fixture)\.ts", r"\bdesk\.live\b|(?<=get )live\b", lambda m: m.group(0).replace("live", "client")),
    (r"^lib/evenings\.test\.ts", r"#live\b", "#client"),
    (r".", r"\bPhoneVerbs\b", "PhoneCommands"),
    (r".", r"\bConsoleVerbs\b", "ConsoleCommands"),
    (r".", r"\bVerbName\b", "CommandName"),
    (r".", r"\bVerbs\b", "Commands"),
    (r"^(console|lib)/", r"\bverb\b", "command"),
    (r"^lib/", r"\bLineTold\b", "PollResponse"),
    (r"^lib/", r"\bLineAsk\b", "PollRequest"),
    (r"^lib/", r"\bComeBack\b", "ReconnectNotice"),
    (r"^lib/(closing|live)(\.test)?\.ts", r"\bLeft\b", "HeldAnswers"),
    (r"^lib/", r"\bOutboxWays\b", "OutboxHooks"),
    (r"^lib/", r"\bTabWays\b", "TabHooks"),
    (r"^lib/", r"\bWays\b", "ConnectionHooks"),
    (r"^lib/(?!order|wire\.gen)", r"(?<![\w/-])(?<!both )(?<!other )(#?)ways\b", r"\1hooks"),
    (r"^lib/", r"\bHttpLine\b", "LongPoll"),
    (r"^lib/(connection|way)\.ts", r"\bWay\b", "TransportChoice"),
    (r"^lib/connection\.ts", r"#way\b", "#choice"),
    (r"^lib/connection\.ts", r"\bCarrier\b", "Transport"),
    (r"^lib/", r"\bFlight\b", "InFlight"),
    (r"^lib/outbox\.ts", r"#flight\b", "#inFlight"),
    (r"^lib/(line|outbox)\.ts", r"(?<![\w/])Line\b", "PendingQueue"),
    (r"^lib/outbox\.ts", r"#line\b", "#queue"),
    (r"^lib/", r"\bforgetDisk\b", "forgetDatabase"),
    (r"^lib/disk\.ts", r"\bShelf\b", "StoreName"),
    (r"^lib/disk\.ts", r"\bshelf\b", "store"),
    (r"^lib/(kept|live|forget|forget\.test)\.ts", r"(?<![\w/])Kept\b", "CachedState"),
    (r"^lib/", r"\breadKept\b", "readCached"),
    (r"^lib/", r"\bforgetKept\b", "forgetCached"),
    (r"^parts/live\.svelte\.ts", r"\bLine\b", "Announcement"),
    (r"^console/coverage\.ts", r"\bLine\b", "CoverageRow"),
    (r"^console/", r"\bAsking\b", "PendingCommand"),
    (r"^console/", r"\basking\b(?!\.svelte)", "pending"),
    (r"^lib/(evenings|convergence)\.test\.ts", r"\bEvening\b", "Scenario"),
    (r"^lib/evenings\.test\.ts", r"\bevening\b", "scenario"),
    (r"^lib/evenings\.test\.ts", r"\bevenings\b", "scenarios"),
    (r".", r"(?<=<)Mark(?=[ />\n])|(?<=import )Mark(?= from)", "SectorMark"),
    (r".", r"\bMarkShape\b", "SectorMarkShape"),
]

# Text that is no code: whole phrases, in any file that people write.
PHRASES = [
    (r"\bEVENINGS\b", "SCENARIOS"),
    (r"--evenings\b", "--scenarios"),
    (r"\bPhoneVerbs\b", "PhoneCommands"),
    (r"\bConsoleVerbs\b", "ConsoleCommands"),
]
# Words in the names of tests.
TEST_WORDS = dict(verb="command", verbs="commands", bell="notification", bells="notifications", evening="scenario",
                  evenings="scenarios", knock="hello", nursery="fork_server")
# Left alone by every text rule.
FIXED = ("frontend/src/lib/wire.gen.ts", "docs/protocol.schema.json")

# -- finding out what the tree holds -------------------------------------------------------------------------------


def git(*args: str) -> str:
    return subprocess.run(["git", *args], capture_output=True, text=True, check=True).stdout


FILES = [name for name in git("ls-files").split("\n") if name and (ROOT / name).is_file()]
PY = [name for name in FILES if name.endswith(".py")]


def module_of(path: str) -> str:
    parts = path.removesuffix(".py").split("/")
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


PATHS = {module_of(path): path for path in PY}
# Two names take part in a chain (verbs -> commands -> handlers), so they go together or not at all.
chained = "sessions.domain.verbs" in PATHS
if not chained:
    MODULES = {old: new for old, new in MODULES.items() if not old.startswith("sessions.domain.commands")}
MODULES = {old: new for old, new in MODULES.items() if old in PATHS}
ORDERED = sorted(MODULES, key=len, reverse=True)


def new_module(name: str) -> str:
    """Return the new dotted name of a module, or of a name in one."""
    for old in ORDERED:
        if name == old or name.startswith(old + "."):
            return MODULES[old] + name[len(old):]
    return name


def new_path(path: str) -> str:
    if path.endswith(".py"):
        package = path.endswith("/__init__.py")
        new = new_module(module_of(path)).replace(".", "/")
        return f"{new}/__init__.py" if package else f"{new}.py"
    for old in ORDERED:  # what lies in a package beside its modules
        folder = old.replace(".", "/") + "/"
        if path.startswith(folder) and PATHS[old].endswith("__init__.py"):
            return MODULES[old].replace(".", "/") + "/" + path[len(folder):]
    if path.startswith("frontend/src/"):
        return "frontend/src/" + FRONTEND_FILES.get(path[13:], path[13:])
    return path


TREES: dict[str, ast.Module] = {}
SOURCES: dict[str, str] = {}
for path in PY:
    SOURCES[path] = (ROOT / path).read_text()
    TREES[path] = ast.parse(SOURCES[path])


def absolute(path: str, node: ast.ImportFrom) -> str:
    if node.level == 0:
        return node.module or ""
    parts = module_of(path).split(".")
    if not path.endswith("__init__.py"):
        parts = parts[:-1]
    parts = parts[: len(parts) - (node.level - 1)]
    return ".".join([*parts, *([node.module] if node.module else [])])


EXPORTS: dict[str, dict[str, tuple[str, str]]] = {}
for path in PY:
    names: dict[str, tuple[str, str]] = {}
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if (absolute(path, node), alias.name) != (module_of(path), alias.asname or alias.name):
                    names[alias.asname or alias.name] = (absolute(path, node), alias.name)
    for node in TREES[path].body:
        defined = []
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            defined = [node.name]
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                defined += [item.id for item in ast.walk(target) if isinstance(item, ast.Name)]
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            defined = [node.target.id]
        for name in defined:
            names[name] = (module_of(path), name)
    EXPORTS[module_of(path)] = names


def resolve(module: str, name: str, seen: frozenset[tuple[str, str]] = frozenset()) -> tuple[str, str] | str | None:
    """Return where a name is defined, or the module that it is."""
    if (module, name) in seen:
        return None
    found = EXPORTS.get(module, {}).get(name)
    if found == (module, name):
        return found
    if found is not None and (result := resolve(*found, seen | {(module, name)})) is not None:
        return result
    return f"{module}.{name}" if f"{module}.{name}" in PATHS else None


RENAMED: dict[tuple[str, str], str] = {}
missing = []
for module, old, new in SYMBOLS:
    if EXPORTS.get(module, {}).get(old) == (module, old):
        if EXPORTS[module].get(new) == (module, new):
            # a chain within one module: its new name is free once that one is renamed as well
            if not any(m == module and o == new for m, o, _ in SYMBOLS):
                sys.exit(f"{module}: both {old} and {new} are there")
        RENAMED[module, old] = new
    else:
        missing.append(f"{module}.{old}")

# -- Python --------------------------------------------------------------------------------------------------------
Edit = tuple[tuple[int, int], tuple[int, int], str]


def relative(path: str, target: str, level: int) -> str:
    """Return `target` as a file at `path` (new) imports it relatively with as many dots, or absolutely."""
    parts = module_of(path).split(".")
    if not path.endswith("__init__.py"):
        parts = parts[:-1]
    base = parts[: len(parts) - (level - 1)]
    if target.split(".")[: len(base)] == base:
        return "." * level + ".".join(target.split(".")[len(base):])
    return target


def rename_words(text: str, names: dict[str, str], modules: dict[str, str]) -> str:
    def word(match: re.Match[str]) -> str:
        owner, name = match.group(1) or "", match.group(2)
        if owner:
            found = resolve(modules[owner[:-1]], name) if owner[:-1] in modules else None
            new = RENAMED.get(found) if isinstance(found, tuple) else (names.get(name) if name in ("verb", "ask") else None)
            return names.get(owner[:-1], owner[:-1]) + "." + (new or name)
        return names.get(name, name)

    return re.sub(r"(?<![\w\"'.])(\w+\.)?(\w+)\b(?![\"'])", word, text)


def wrap_long(path: str) -> None:
    """Wrap comments and docstrings that became too long for a line."""
    lines = (ROOT / path).read_text().split("\n")
    at = 0
    while at < len(lines):
        line = lines[at]
        bare = line.lstrip()
        indent = line[: len(line) - len(bare)]
        if len(line) <= 120 or not (bare.startswith(("#", '"""')) or re.match(r"[A-Z`a-z(]", bare)) or "noqa" in line:
            at += 1
            continue
        mark = "# " if bare.startswith("#") else ""
        closed = bare.startswith('"""') and bare.count('"""') == 2
        block = [line]
        end = at + 1
        while not closed and end < len(lines):
            following = lines[end].lstrip()
            same = lines[end][: len(lines[end]) - len(following)] == indent
            if not following or not same or following.startswith(("- ", '"""')) or (mark and not following.startswith("#")):
                break
            block.append(lines[end])
            end += 1
            if not mark and following.endswith('"""'):
                break
        if not mark and not bare.startswith('"""') and not is_in_docstring(lines, at):
            at += 1
            continue
        words = " ".join(part.strip().removeprefix("#").strip() if mark else part.strip() for part in block)
        lines[at:end] = textwrap.wrap(words, 120, initial_indent=indent + mark, subsequent_indent=indent + mark,
                                      break_long_words=False, break_on_hyphens=False)
        at += 1
    (ROOT / path).write_text("\n".join(lines))


def is_in_docstring(lines: list[str], at: int) -> bool:
    return "\n".join(lines[:at]).count('"""') % 2 == 1


def rename_python(path: str) -> str:
    source, tree = SOURCES[path], TREES[path]
    tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    starts = [token.start for token in tokens]
    edits: list[Edit] = []
    local: dict[str, str] = {}
    modules: dict[str, str] = {}
    imports: set[tuple[int, int]] = set()
    here = module_of(path)
    for (module, old), new in RENAMED.items():
        if module == here:
            local[old] = new
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            module = absolute(path, node)
            low, high = bisect_left(starts, (node.lineno, 0)), bisect_left(starts, ((node.end_lineno or 0) + 1, 0))
            span = [t for t in tokens[low:high] if t.string.strip() and t.type != tokenize.COMMENT and (node.lineno, node.col_offset) <= t.start and t.end <= (node.end_lineno or 0, node.end_col_offset or 0)]
            cut = next(i for i, t in enumerate(span) if t.string == "import")
            named = span[1:cut]
            imports.update(t.start for t in named)
            target = new_module(module)
            if target != module or new_path(path).rsplit("/", 1)[0] != path.rsplit("/", 1)[0]:
                text = relative(new_path(path), target, node.level) if node.level else target
                old_text = "".join(t.string for t in named)
                if text != old_text:
                    edits.append((named[0].start, named[-1].end, text.replace(".", "\1.")))
            for alias in node.names:
                found = resolve(module, alias.name)
                changed = alias.name
                if isinstance(found, str):
                    changed = new_module(found).rsplit(".", 1)[-1]
                    modules[alias.asname or changed] = found
                    modules[alias.asname or alias.name] = found
                elif found in RENAMED:
                    changed = RENAMED[found]
                if changed != alias.name:
                    token = next(t for t in span[cut:] if t.start == (alias.lineno, alias.col_offset))
                    edits.append((token.start, token.end, changed))
                    imports.add(token.start)
                    if alias.asname is None:
                        local[alias.name] = changed
        elif isinstance(node, ast.Import):
            for alias in node.names:
                modules[alias.asname or alias.name] = alias.name
                if new_module(alias.name) != alias.name:
                    sys.exit(f"{path}: import {alias.name}")
    shadowed: dict[str, list[tuple[int, int]]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            given = node.args
            for arg in [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]:
                if arg is not None and arg.arg in local:
                    shadowed.setdefault(arg.arg, []).append((node.lineno, node.end_lineno or node.lineno))
    names = {old: new for where, old, new in NAMES if re.search(where, path) and (chained or old not in ("verb", "verbs"))}
    depth: list[str] = []
    done: set[tuple[int, int]] = set(imports) | {start for start, _, _ in edits}
    for index, token in enumerate(tokens):
        word = token.string
        if token.type == tokenize.OP:
            if word in "([{":
                depth.append(word)
            elif word in ")]}" and depth:
                depth.pop()
        if token.type != tokenize.NAME or token.start in done:
            continue
        before, after = tokens[index - 1].string, tokens[index + 1].string
        is_attribute = before == "."
        is_keyword = after == "=" and depth[-1:] == ["("] and before in "(,"
        if is_attribute:
            owner = tokens[index - 2].string if tokens[index - 2].type == tokenize.NAME else ""
            if tokens[index - 3].string != "." and owner in modules and (found := resolve(modules[owner], word)):
                if isinstance(found, tuple) and found in RENAMED:
                    edits.append((token.start, token.end, RENAMED[found]))
                    continue
                if isinstance(found, str):
                    changed = new_module(found).rsplit(".", 1)[-1]
                    if changed != word:
                        edits.append((token.start, token.end, changed))
                    continue
        elif word in local and not is_keyword and not any(a <= token.start[0] <= b for a, b in shadowed.get(word, [])):
            edits.append((token.start, token.end, local[word]))
            continue
        if word in names:
            edits.append((token.start, token.end, names[word]))
    # names given as text: setattr(module, "name"), __all__
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            if called in ("setattr", "delattr", "object", "getattr", "swapped", "replaced", "patched", "put", "_put") and len(node.args) >= 2:
                owner, name = node.args[0], node.args[1]
                if isinstance(name, ast.Constant) and isinstance(name.value, str):
                    new = None
                    if isinstance(owner, ast.Name) and owner.id in modules:
                        found = resolve(modules[owner.id], name.value)
                        new = RENAMED.get(found) if isinstance(found, tuple) else None
                    if new is None:
                        new = {old: to for where, old, to in NAMES if chained or old not in ("verb", "verbs")}.get(name.value)
                    if new:
                        at = (name.lineno, name.col_offset)
                        edits.append((at, (at[0], at[1] + len(name.value) + 2), f'"{new}"'))
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets):
            for item in ast.walk(node.value):
                if isinstance(item, ast.Constant) and isinstance(item.value, str):
                    found = resolve(here, item.value)
                    if isinstance(found, tuple) and found in RENAMED:
                        at = (item.lineno, item.col_offset)
                        edits.append((at, (at[0], at[1] + len(item.value) + 2), f'"{RENAMED[found]}"'))
    # in an f-string names stand between braces
    inside = {**names, **local}
    for token in tokens:
        if token.type == tokenize.STRING and re.match(r"[rR]?[fF]", token.string):
            text = re.sub(r"\{[^{}]+\}", lambda m: rename_words(m.group(0), inside, modules), token.string)
            if text != token.string:
                edits.append((token.start, token.end, text))
    # comments and docstrings speak of the same names
    speaks = {**{o: n for o, n in local.items() if re.search(r"[A-Z_]", o)}, **{o: n for o, n in names.items() if "_" in o}}
    for token in tokens:
        is_doc = token.type == tokenize.STRING and token.string.startswith(('"""', 'r"""'))
        if token.type == tokenize.COMMENT or is_doc:
            text = token.string
            for old, new in speaks.items():
                text = re.sub(rf"(?<=`){old}(?=[`.(])|(?<![\w`./\"]){old}(?![\w/\"])" if re.search(r"[A-Z_]", old) else rf"(?<=`){old}(?=[`(])", new, text)
            for old, new in local.items():
                text = re.sub(rf"(?<=`){old}(?=[`.(])", new, text)
            if re.match(r"tests/protocol/|tools/property/", path):
                for pattern, new in EVENINGS:
                    text = re.sub(pattern, new, text)
            text = re.sub(r"\b([aA]) bell\b", r"\1 notification", re.sub(r"\bbells\b", "notifications", text))
            if chained:
                text = re.sub(r"(?<=`)verb(?=[`.])|\bverb\b", "command", text)
                text = re.sub(r"\bverbs\b", "commands", text)
                text = re.sub(r"(?<!\w)Verbs\b", "Commands", text)
                text = re.sub(r"(?<=`)Verb(?=[`.])", "Command", text)
            if text != token.string:
                edits.append((token.start, token.end, text))
    lines = source.splitlines(keepends=True)
    last: set[tuple[int, int]] = set()
    for start, end, text in sorted(set(edits), reverse=True):
        if start in last:
            continue
        last.add(start)
        first, rest = lines[start[0] - 1][: start[1]], lines[end[0] - 1][end[1]:]
        lines[start[0] - 1 : end[0]] = [first + text + rest]
    return "".join(lines)


# -- text ----------------------------------------------------------------------------------------------------------
# A list that is replaced in one go, so that no new name is taken for an old one.
def text_rules() -> list[tuple[str, str]]:
    rules: list[tuple[str, str]] = [
        (re.escape(f"{module}.{old}") + r"(?!\w)", f"{new_module(module)}.{new}") for (module, old), new in RENAMED.items()
    ]
    for old in ORDERED:
        new, package = MODULES[old], PATHS[old].endswith("__init__.py")
        o, n = old.replace(".", "/"), new.replace(".", "/")
        rules.append((re.escape(old) + r"(?![\w])", new))
        for short in (o, o.removeprefix("sessions/")):
            tail = n if short == o else n.removeprefix("sessions/")
            end = r"/" if package else r"\.py\b"
            rules.append((r"(?<![\w/.])" + re.escape(short) + end, tail + ("/" if package else ".py")))
        base, last = o.rsplit("/", 1)[-1], n.rsplit("/", 1)[-1]
        if not package and base != last and sum(p.rsplit("/", 1)[-1] == base + ".py" for p in PY) == 1:
            rules.append((rf"(?<![\w/.]){base}\.py\b", last + ".py"))
    for old, new in FRONTEND_FILES.items():
        for prefix in ("frontend/src/", "src/", ""):
            rules.append((r"(?<![\w/.])" + re.escape(prefix + old) + r"(?![\w])", prefix + new))
        base, last = old.rsplit("/", 1)[-1], new.rsplit("/", 1)[-1]
        if base not in ("Mark.svelte",) and sum(p.rsplit("/", 1)[-1] == base for p in FILES) <= 1:
            rules.append((rf"(?<![\w/.]){re.escape(base)}(?![\w])", last))
    rules.append((r"\bdomain/commands\b(?!/)", "domain/handlers") if chained else (r"(?!)", ""))
    return rules


RULES = text_rules()
ANY = re.compile("|".join(f"(?P<r{i}>{pattern})" for i, (pattern, _) in enumerate(RULES)))
KEYS = {old.rsplit(".", 1)[-1] for old in MODULES} | {Path(old).name.split(".")[0] for old in FRONTEND_FILES} | {"commands"} | {old for _, old in RENAMED}
GUARD = re.compile(r"<!-- old names -->.*?<!-- /old names -->", re.DOTALL)
# Names in documents that are clear enough by themselves, or stand in backticks.
DOCUMENT_NAMES = {
    **{old: new for (module, old), new in RENAMED.items()
       if module.startswith("sessions") and not any(o == old and (m, o) != (module, old) for m, o in RENAMED)
       and old not in ("Line", "Entry", "Kind", "Room", "Wire", "Told", "Person", "Group", "Of", "Mine", "Stored", "Answer",
                       "Left", "Table", "Visitor", "Seen", "Placed", "Outcome", "Command", "live", "ready", "here", "ask",
                       "miss", "ring", "listen", "beats", "knock", "go_on", "LOOK", "Places", "Standing", "Missed", "Pace")},
}


@cache
def by_path(word: str) -> str:
    """Return a path or a dotted name as it is called from now on."""
    if KEYS.isdisjoint(re.split(r"[./]", word)):
        return word
    return ANY.sub(lambda m: RULES[int((m.lastgroup or "r0")[1:])][1], word)


def by_document(text: str) -> str:
    for old, new in FRONTEND_NAMES.items():
        text = re.sub(rf"(?<=`){old}(?=[`.])", new, text)
    for old, new in DOCUMENT_NAMES.items():
        text = re.sub(rf"(?<=`){re.escape(old)}(?=[`.(])|(?<=[\w]\.){re.escape(old)}(?=`)", new, text)
    if chained:
        text = re.sub(r"\bVerb\b", "Command", text)
    return text


def rename_text(path: str, text: str) -> str:
    kept: list[str] = []

    def put_aside(match: re.Match[str]) -> str:
        kept.append(match.group(0))
        return f"\0{len(kept) - 1}\0"

    if path == "docs/glossary.md":
        text = re.sub(r"\n+## Names that were replaced\n[\s\S]*\Z", "\n", text)
    else:
        text = GUARD.sub(put_aside, text)
    text = re.sub(r"[\w./-]*[./][\w./-]+", lambda m: by_path(m.group(0)), text)
    text = re.sub(r"\btest_[a-z0-9_]+", lambda m: "_".join(TEST_WORDS.get(w, w) for w in m.group(0).split("_")), text)
    for pattern, new in PHRASES:
        text = re.sub(pattern, new, text)
    for pattern, new in DOCUMENT_PHRASES.get(path, []):
        text = re.sub(pattern, new, text)
    if path.endswith(".md"):
        text = by_document(text)
    return re.sub(r"\0(\d+)\0", lambda m: kept[int(m.group(1))], text).replace("\1", "")


def rename_frontend(path: str, text: str) -> str:
    """Words, then the files that are imported."""
    below = path.removeprefix("frontend/src/")
    for where, pattern, new in FRONTEND_WORDS:
        if re.search(where, below):
            text = re.sub(pattern, new, text, flags=re.MULTILINE)

    def imported(match: re.Match[str]) -> str:
        quote, name = match.group(1), match.group(2)
        folder = Path(below).parent
        target = os.path.normpath(folder / name)
        for ending in ("", ".ts"):
            new = FRONTEND_FILES.get(target + ending)
            if new:
                new = new.removesuffix(".ts") if ending else new
                steps = len(folder.parts)
                common = 0
                while common < steps and folder.parts[common] == Path(new).parts[common]:
                    common += 1
                up = steps - common
                rest = "/".join(Path(new).parts[common:])
                return f"{quote}{'../' * up or './'}{rest}{quote}"
        return match.group(0)

    return re.sub(r"(['\"])(\.{1,2}/[^'\"]+)\1", imported, text)


EVENINGS = [(r"\ban evening\b", "a scenario"), (r"\bevenings\b", "scenarios"), (r"\bevening\b", "scenario")]
DOCUMENT_PHRASES: dict[str, list[tuple[str, str]]] = {
    "docs/architecture.md": [
        (r"An `HttpLine`", "A `LongPoll`"),
        (r"`ring` notifies the hubs", "`notify` informs the hubs"),
        (r"a `Kind` in", "a `LogKind` in"),
        *EVENINGS,
    ],
    "README.md": [(r"random evenings", "random scenarios")],
    "sessions/live/writer.py": [(r'\("ask", "mailbox", "token"\)', '("mailbox", "request", "token")')],
    "sessions/live/hub.py": [
        (r"hello_result\.queue_hello", "hello_result.hello"),
        (r"self, queue_hello: ", "self, hello: "),
        (r"append\(queue_hello\)", "append(hello)"),
    ],
    # Two lines less: the file is at its most.
    "sessions/live/turn.py": [(r"Sequence\[PendingHello\]", "list[PendingHello]")],
    "tools/property/mutations.py": [(r'given\["knocks"\]', 'given["hellos"]')],
    "sessions/models/session.py": [(r"\bchoose_marked\b", "choose_sector_marks")],
    "sessions/live/http_gate.py": [(r"\bLineTold\b", "PollResponse")],
    "Makefile": [(r"random evenings", "random scenarios")],
}
FRONTEND_NAMES = {"Live": "SessionClient", "Way": "TransportChoice", "Flight": "InFlight", "HttpLine": "LongPoll"}


def main() -> None:
    if missing:
        print("not there (renamed before, or gone):", ", ".join(missing))
    result: dict[str, str] = {}
    for path in FILES:
        if path in FIXED or path.endswith((".png", ".woff2", ".ico", ".svg", ".lock", ".jpg")):
            if new_path(path) != path:
                result[path] = ""
            continue
        try:
            old = (ROOT / path).read_text()
        except UnicodeDecodeError:
            continue
        new = rename_python(path) if path in TREES else old
        if path.startswith("frontend/src/"):
            new = rename_frontend(path, new)
        if not path.startswith("sessions/migrations/"):
            new = rename_text(path, new)
        new = new.replace("\1", "")
        if new != old or new_path(path) != path:
            result[path] = new
    print(len(result), "files", flush=True)
    if DRY:
        for path in result:
            if new_path(path) != path:
                print(path, "->", new_path(path))
        return
    # all of them aside first: a new name may be another one's old name
    moved = [path for path in result if new_path(path) != path]
    for path in result:
        if result[path]:
            (ROOT / path).write_text(result[path])
    for path in moved:
        (ROOT / path).rename(ROOT / (path + ".moving"))
    for path in moved:
        (ROOT / new_path(path)).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / (path + ".moving")).rename(ROOT / new_path(path))
    if moved:
        git("add", "--", *moved, *(new_path(path) for path in moved))
    for path in result:
        if path.endswith(".py"):
            wrap_long(new_path(path))
    for command in (
        [PYTHON, "-m", "ruff", "check", "--select", "I,RUF022", "--fix", "-q", "."],
        [PYTHON, "-m", "ruff", "format", "-q", "."],
        [PYTHON, "manage.py", "types"],
        [PYTHON, "-m", "scripts.messages", "extract"],
    ):
        where = ROOT / "frontend" if command[0] == "npx" else ROOT
        done = subprocess.run([str(part) for part in command], cwd=where, capture_output=True, text=True)
        print("ok  " if done.returncode == 0 else "FAIL", *map(str, command[-4:]), done.stdout[-600:] if done.returncode else "", done.stderr[-1500:] if done.returncode else "")


main()
