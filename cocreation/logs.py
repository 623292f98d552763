"""What is logged and how: one line per event, readable or (LOG_FORMAT=json) one JSON object, on standard error.

Never in a line: the text of a card, an address of a visitor, a cookie, a link, a join code. Our own messages name
kinds and numbers only. What others fill into theirs is left out, and so is what an exception says: a database quotes
the row that it refused. What remains is where it happened and what kind it was.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

OWN = ("sessions", "cocreation")
_ADDRESS = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b|(?<!\w)[0-9A-Fa-f]*(?::[0-9A-Fa-f.]*){2,}")
_LONG = re.compile(r"[\w-]{24,}")
"""Tokens, keys, cookies."""

Raised = tuple[type[BaseException], BaseException, TracebackType | None]


def make_logging(form: str) -> dict[str, Any]:
    """Return Django's LOGGING. `form`: `json`, or anything else for people."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": _BEFORE,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.JSONRenderer(ensure_ascii=False) if form == "json" else _render_plain,
                ],
            }
        },
        "filters": {"unready": {"()": SaidByReadiness}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "sessions": {"level": "INFO"},
            "django.request": {"level": "ERROR", "filters": ["unready"]},
            # sessions/live/redis_probe.py says once that Redis is away; this one would say it every second.
            "channels_redis": {"level": "CRITICAL"},
        },
    }


class SaidByReadiness(logging.Filter):
    """Leaves out that /health/ready answered 503: it is asked every few seconds, and saying so is its task."""

    def filter(self, record: logging.LogRecord) -> bool:
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        return not (getattr(record, "status_code", None) == 503 and match is not None and match.view_name == "ready")


def _say_only_what_is_ours(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    """Replace what a library filled in by its template's first line, and a request by its view."""
    record: logging.LogRecord = line["_record"]
    if record.name.partition(".")[0] in OWN:
        return line
    request = getattr(record, "request", None)
    if request is not None:
        match = getattr(request, "resolver_match", None)
        line["event"] = "A page failed" if record.levelno >= logging.ERROR else "A request was refused"
        line.update(method=request.method, view=match.view_name if match else "none")
        line["status"] = getattr(record, "status_code", None)
        return line
    template = str(record.msg).partition("\n")[0]
    line["event"] = _LONG.sub("…", _ADDRESS.sub("…", template))
    return line


def _tell_where(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    """Replace an exception by its kinds and places; its words may be somebody's."""
    raised = line.pop("exc_info", None)
    if raised is True:
        raised = sys.exc_info()
    if isinstance(raised, BaseException):
        raised = (type(raised), raised, raised.__traceback__)
    line.pop("stack_info", None)
    if raised and raised[0] is not None:
        line["exception"] = describe(raised)
    return line


def describe(raised: Raised) -> list[dict[str, Any]]:
    """Return the exception and its causes, the last one first: kind, and the places it went through."""
    found: list[dict[str, Any]] = []
    error: BaseException | None = raised[1]
    while error is not None and len(found) < 5:
        places = [
            f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
        ]
        found.append({"kind": type(error).__qualname__, "places": places[-15:]})
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found


def _render_plain(_: WrappedLogger, __: str, line: EventDict) -> str:
    """Return a line for people, and a traceback below it."""
    head = f"{line.pop('timestamp')} {line.pop('level').upper()} {line.pop('logger')}: {line.pop('event')}"
    exceptions = line.pop("exception", [])
    rest = "".join(f" {name}={value}" for name, value in line.items() if value is not None)
    below = [
        "\n".join([f"Traceback of {one['kind']} (its text is not logged):", *(f"  {place}" for place in one["places"])])
        for one in exceptions
    ]
    return "\n".join([head + rest, *below])


_BEFORE = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _say_only_what_is_ours,
    _tell_where,
]
