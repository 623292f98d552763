"""The report: required, aimed-at and measured values in one table."""

from __future__ import annotations

from typing import Any, NamedTuple

from sessions.ballots import all_ballots


class Target(NamedTuple):
    """`least`: more is better. A line without `must` is only told; `always`: its must holds for a quick run too.

    `times`: the must is so many times the figure at this path.
    """

    what: str
    path: str
    unit: str = ""
    must: float | None = None
    aim: float | None = None
    least: bool = False
    always: bool = False
    times: str = ""


def _tell_ballot(key: str) -> tuple[Target, ...]:
    """What a round by a ballot must reach, beside a round by dots in the same run."""
    at, dots = f"burst.{key}", "burst.dots"
    return (
        Target(f"by {key}: votes per second", f"{at}.votes_per_s", "/s", 0.8, least=True, times=f"{dots}.votes_per_s"),
        Target("  commands per second", f"{at}.commands_per_s", "/s", 0.5, least=True, times=f"{dots}.commands_per_s"),
        Target("  p99 from tap to acknowledgement", f"{at}.ack_p99_ms", "ms", 500),
        Target("  votes lost or doubled, commands refused", f"{at}.amiss", "", 0, 0, always=True),
        Target("  phone: the file of its own, gzip", f"phone.ballots.{key}.own_kb", "kB", 8, 5, always=True),
        Target("  phone: with what it shares with some others", f"phone.ballots.{key}.besides_kb", "kB"),
        Target("  phone: with what every ballot has", f"phone.ballots.{key}.fetched_kb", "kB"),
    )


LINES = (
    Target("server CPU per tally frame ÷ bare loop", "fanout.ratio_to_bare", "×", 1, 0.65),
    Target("  the stock way ÷ bare loop", "fanout.stock_to_bare", "×"),
    Target("  microseconds: this program", "fanout.product.us_per_frame", "µs"),
    Target("  microseconds: bare loop", "fanout.bare.us_per_frame", "µs"),
    Target("  microseconds: the stock way", "fanout.stock.us_per_frame", "µs"),
    Target("durable votes per second, SQLite", "burst.votes_per_s", "/s", 4000, 6000, True),
    Target("durable votes per second, PostgreSQL", "burst_postgres.votes_per_s", "/s", 3000, 6000, True),
    Target("  the stock way, SQLite", "burst.stock_votes_per_s", "/s"),
    Target("p99 from tap to acknowledgement, SQLite", "burst.ack_p99_ms", "ms", 400, 200),
    Target("p99 from tap to acknowledgement, PostgreSQL", "burst_postgres.ack_p99_ms", "ms", 500, 200),
    Target("p99 from commit to every screen, SQLite", "burst.screen_p99_ms", "ms", 550, 350),
    Target("p99 from commit to every screen, PostgreSQL", "burst_postgres.screen_p99_ms", "ms", 600, 300),
    Target("server CPU per vote in the burst", "burst.server_us_per_vote", "µs"),
    Target("acknowledged and lost after kill -9, SQLite", "burst.lost", "", 0, 0, always=True),
    Target("counted twice, SQLite", "burst.doubled", "", 0, 0, always=True),
    Target("acknowledged and lost after kill -9, PostgreSQL", "burst_postgres.lost", "", 0, 0, always=True),
    Target("counted twice, PostgreSQL", "burst_postgres.doubled", "", 0, 0, always=True),
    Target("all join at once, SQLite", "join.seconds", "s", 14, 6),
    Target("all join at once, PostgreSQL", "join_postgres.seconds", "s", 20, 8),
    Target("all come back after the restart, SQLite", "rejoin.seconds", "s", 8, 8),
    Target("  from the kill on, with the server's start", "rejoin.from_kill_s", "s"),
    Target("all come back after the restart, PostgreSQL", "rejoin_postgres.seconds", "s", 8, 8),
    Target("memory per connected phone", "memory.kb_per_phone", "kB", 60, 40),
    Target("  while all join at once, pages included", "memory.kb_per_join", "kB"),
    Target("memory after all went and came back, over and over", "churn.growth", "×", 1.1, 1.05),
    Target("sockets held by one process, a tally every second", "held.sockets", "", 9000, 9000, True),
    Target("  p99 from a tap to the tally on every phone", "held.tick_p99_ms", "ms", 1000, 1000),
    Target("  memory per socket", "held.kb_per_socket", "kB", 80, 40),
    Target("200 phones over HTTP: p99 from tap to acknowledgement", "http.ack_p99_ms", "ms", 1500, 500),
    Target("  server CPU per vote, polls included", "http.server_us_per_vote", "µs"),
    Target("  acknowledged and lost, or counted twice", "http.lost_or_doubled", "", 0, 0, always=True),
    Target("a card told to one group: p99 until the group has it", "groups.told_p99_ms", "ms", 300, 200),
    Target("  phones of other groups that were sent it", "groups.outside", "", 0, 0, always=True),
    Target("  phones of the group that were not", "groups.missing", "", 0, 0, always=True),
    Target("  server CPU per card, its commit included", "groups.us_per_change", "µs"),
    Target("  ÷ server CPU of a frame to everybody", "groups.ratio_to_shared", "×"),
    Target("after 12 finished rounds: a phone's snapshot", "agenda.snapshot_kb", "kB", 30, always=True),
    Target("  all join, ÷ without a past", "agenda.join_ratio", "×", 1.2, 1),
    Target("  all come back after a restart, ÷ without a past", "agenda.return_ratio", "×"),
    Target("  hello until the snapshot", "agenda.finished.hello_ms", "ms"),
    Target("  votes per second in the 13th round", "agenda.finished.votes_per_s", "/s"),
    Target("  votes per second in the first", "agenda.none.votes_per_s", "/s"),
    Target("ten times cards, votes, people: cost of a vote", "growth.vote_cost_ratio", "×", 1.5, 1.2),
    Target("ten times cards, votes, people: cost of a tally", "growth.tally_cost_ratio", "×", 1.5, 1.2),
    Target("durable votes per second, two servers", "processes_2.votes_per_s", "/s", 3000, 6000, True),
    Target("acknowledged and lost, two servers killed", "processes_2.lost", "", 0, 0, always=True),
    Target("counted twice, two servers", "processes_2.doubled", "", 0, 0, always=True),
    Target("a year's programme: studio page", "programme.page_s", "s", 0.3, 0.15),
    Target("a year's programme: the zip of every session", "programme.export_s", "s", 20, 10),
    Target("a year's programme: all of it in one zip", "programme.whole_s", "s", 30, 10),
    Target("  memory they take at the most", "programme.export_growth_mb", "MB", 50, 20),
    Target("a year's programme: the results of a session", "programme.results_s", "s", 1, 0.3),
    Target("a year's programme: all of it in one workbook", "programme.workbook_s", "s", 60, 30),
    Target("  memory that takes at the most", "programme.workbook_growth_mb", "MB", 100, 50),
    Target("phone: JavaScript and CSS before the first look, gzip", "phone.gzip_kb", "kB", 50, 45, always=True),
    Target("  with what it fetches afterwards", "phone.all_gzip_kb", "kB"),
    Target("  what every ballot has, fetched once", "phone.ballots_shared_kb", "kB"),
    Target("  all ballots, each file once", "phone.ballots_all_kb", "kB"),
    *(line for ballot in all_ballots() for line in _tell_ballot(ballot.key)),
)


def look_up(result: dict[str, Any], path: str) -> float | None:
    """Return a figure; None when its part broke off before it."""
    found: Any = result
    for name in path.split("."):
        if name not in found:
            return None
        found = found[name]
    return float(found)


def _settle(line: Target, result: dict[str, Any]) -> Target:
    """Return a line with its must as a number. Of a figure that was not measured it is none: that one is missed."""
    if not line.times or line.must is None:
        return line
    measured = look_up(result, line.times)
    return line._replace(must=None if measured is None else round(line.must * measured))


def meets(line: Target, value: float) -> bool:
    if line.must is None:
        return True
    return value >= line.must if line.least else value <= line.must


def print_report(result: dict[str, Any]) -> int:
    """Print the table; return 1 when a must is missed or a part broke off, else 0."""
    machine = result["machine"]
    print(f"\n{machine['cpu']}, {machine['cores']} cores, {machine['memory_gb']} GB, Python {machine['python']}")
    print(f"{machine['date']}; load before {machine['load_before']}; fsync {machine['fsync_ms']} ms")
    for name in ("sqlite", "postgres"):
        print(f"{name}: " + ", ".join(f"{key}={value}" for key, value in machine.get(name, {}).items()))
    if "phones" in (burst := result.get("burst", {})):
        print(f"{burst['phones']} phones, {burst['votes']} votes acknowledged before kill -9.")
    if result["quick"]:
        print("QUICK: fewer phones, shorter; only what is lost, doubled or too big can fail.")
    print(f"\n{'':<50}{'must':>10}{'aim':>10}{'measured':>14}")
    lines = [_settle(line, result) for line in LINES]
    missed = sum(not _print_line(line, look_up(result, line.path), quick=result["quick"]) for line in lines)
    _print_servers(result.get("servers", {}))
    for name, told in result["broken"].items():
        print(f"\nBROKE OFF: {name}: {told}")
    print(f"\n{result['seconds']} s. Written to build/bench.json.")
    return 1 if missed or result["broken"] else 0


def _print_line(line: Target, value: float | None, *, quick: bool) -> bool:
    """Return whether it is as it must be."""
    fine = value is not None and (meets(line, value) or (quick and not line.always))
    sign = "≥ " if line.least else "≤ "
    must, aim = (f"{sign}{told:g}" if told is not None else "" for told in (line.must, line.aim))
    if value is None:
        shown = "not measured"
    elif abs(value) >= 100:
        shown = f"{value:,.0f} {line.unit}"
    else:
        shown = f"{value:.2f}".rstrip("0").rstrip(".") + f" {line.unit}"
    print(f"{line.what:<50}{must:>10}{aim:>10}{shown:>14}{'' if fine else '  MISSED'}")
    return fine


def _print_servers(servers: dict[str, dict[str, float]]) -> None:
    if not servers:
        return
    print("\nThe same program on other servers, SQLite")
    print(f"{'':<50}" + "".join(f"{name:>12}" for name in servers))
    for figure in next(iter(servers.values())):
        print(f"{figure:<50}" + "".join(f"{found[figure]:>12,.1f}" for found in servers.values()))
