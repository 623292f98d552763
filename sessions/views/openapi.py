"""The description of the API at `/api/v1/openapi.json`, by OpenAPI 3.1. A test holds it against real answers."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from ..enums import Consent, SessionKind, Shape, StepState
from ..errors import Code
from ..kinds import KINDS

Schema = dict[str, Any]


def _object(properties: Schema, *, optional: tuple[str, ...] = (), note: str = "") -> Schema:
    schema: Schema = {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }
    return schema | ({"description": note} if note else {})


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _list(name: str) -> Schema:
    return {"type": "array", "items": _ref(name)}


def _words(text: str) -> Schema:
    return _ref("Words") | {"description": text}


def _documents(name: str) -> Schema:
    note = f"As the socket sends them: {name} of docs/protocol.md and docs/protocol.schema.json."
    return {"type": "array", "items": {"type": "object"}, "description": note}


ID: Schema = {"type": "string", "pattern": "^[0-9a-z]{12}$"}
MILLISECONDS: Schema = {"type": ["integer", "null"]}

SCHEMAS: Schema = {
    "Words": _object({"nl": {"type": "string"}, "en": {"type": "string"}}, note="A text in Dutch and English."),
    "Sector": _object(
        {
            "id": ID,
            "key": {"type": "string", "description": "onderwijs, onderzoek, ondernemers, overheden, or one of its own"},
            "shape": {"type": "string", "enum": list(Shape.values), "description": "Of its mark, and so its colour."},
            "name": _ref("Words"),
            "hint": _ref("Words"),
            "letter": _words("The letter in its mark."),
        },
        note="A group of stakeholders: one of the four O's, or one that the programme added.",
    ),
    "Pillar": _object({"id": ID, "number": {"type": "integer"}, "name": _ref("Words"), "short": _ref("Words")}),
    "Step": _object(
        {
            "id": ID,
            "kind": {"type": "string", "enum": [kind.key for kind in KINDS]},
            "title": _ref("Words"),
            "prompt": _ref("Words"),
            "state": {"type": "string", "enum": [StepState.OPEN.value, StepState.CLOSED.value]},
            "deadline": MILLISECONDS | {"description": "When the clock reads zero, in ms since 1970 by the server."},
            "paused": MILLISECONDS | {"description": "What is left on a clock that was paused, in ms."},
        },
        note="What people are asked to do.",
    ),
    "Session": _object(
        {
            "code": {"type": "string", "pattern": "^[A-Z0-9]{1,8}$"},
            "title": _ref("Words"),
            "programme": _words("The name of the programme the session belongs to."),
            "kind": {"type": "string", "enum": list(SessionKind.values)},
            "rehearsal": {"type": "boolean", "description": "A trial run; everything is thrown away afterwards."},
            "locked": {"type": "boolean", "description": "Nobody new can join."},
            "approval": {"type": "boolean", "description": "Who joins waits until the facilitator lets them in."},
            "consent": {
                "type": "string",
                "enum": list(Consent.values),
                "description": "What may leave the session. To be told before somebody joins.",
            },
            "now": {
                "oneOf": [_ref("Step"), {"type": "null"}],
                "description": "The step that is, or was last, on; null before the first.",
            },
            "sectors": _list("Sector"),
            "pillars": _list("Pillar"),
        }
    ),
    "Join": _object(
        {
            "sector": {"type": "string", "minLength": 1, "maxLength": 40, "description": "The sector's id or its key."},
            "consent": {
                "type": "string",
                "enum": list(Consent.values),
                "default": Consent.FULL.value,
                "description": "The consent profile that was told. Joining is refused when it became looser since.",
            },
        },
        optional=("consent",),
    ),
    "Joined": _object(
        {
            "tag": {"type": "string", "pattern": "^[A-Z0-9]{4}$", "description": "Tells the facilitator which phone."},
            "sector": _ref("Sector"),
            "code": {"type": "string"},
            "page": {"type": "string", "description": "The phone's page."},
            "socket": {"type": "string", "description": "The phone's socket; see docs/protocol.md."},
        }
    ),
    "Asked": _object(
        {
            "tag": {"type": "string", "pattern": "^[A-Z0-9]{4}$", "description": "Tells the facilitator who asks."},
            "sector": _ref("Sector"),
            "after": MILLISECONDS | {"description": "In so many ms, join again with the cookie."},
        },
        note="Somebody who waits to be let in.",
    ),
    "MoveCode": _object(
        {
            "code": {"type": "string", "pattern": "^[A-Z2-9]{8}$", "description": "Works once, at /s/<code>/here/."},
            "until": {"type": "integer", "description": "Until when it is good."},
        }
    ),
    "Earlier": _object(
        {
            "epoch": {
                "type": "string",
                "description": "Another one once the session was restored or wiped, or a person erased.",
            },
            "number": {"type": "integer", "description": "Another one than on the page before: begin with page 0."},
            "pages": {"type": "integer", "minimum": 1, "description": "How many there are."},
            "steps": _documents("StepDoc"),
            "rounds": _documents("RoundDoc"),
            "results": _documents("ResultDoc"),
        },
        note="One page of what a participant may see of all steps.",
    ),
    "Error": _object(
        {
            "error": _object(
                {
                    "code": {"type": "string", "enum": [code.value for code in Code]},
                    "message": {"type": "string", "description": "One sentence in the language of the request."},
                    "fields": {
                        "type": "object",
                        "additionalProperties": {"type": ["integer", "string"]},
                        "description": "The values in the sentence.",
                    },
                }
            )
        }
    ),
}

ERRORS = {
    "400": "The body is not what is described here, or the sector is unknown.",
    "403": "The door is closed, who asked was refused, the session is archived, the person is in another browser, or"
    " the request is another site's.",
    "404": "There is no session with this code.",
    "405": "The address does not take this method.",
    "409": "The session does not stand as this needs.",
    "413": "The body is larger than 4096 bytes.",
    "415": "The body is not application/json.",
    "429": "Too many wrong codes came from this network, or one person asks too often.",
    "500": "The server failed; nothing was stored.",
    "503": "The server cannot store anything right now, or very many people wait to be let in; try again.",
}

CODE: Schema = {
    "name": "code",
    "in": "path",
    "required": True,
    "description": "The join code. Small letters, spaces and hyphens do not matter.",
    "schema": {"type": "string"},
}

PAGE: Schema = {
    "name": "page",
    "in": "query",
    "description": "From 0.",
    "schema": {"type": "integer", "minimum": 0, "maximum": 9999, "default": 0},
}


def _json(schema: Schema) -> Schema:
    return {"application/json": {"schema": schema}}


def _errors(*statuses: str) -> Schema:
    return {status: {"description": ERRORS[status], "content": _json(_ref("Error"))} for status in statuses}


def _joined(text: str, *, cookie: str = "", schema: str = "Joined") -> Schema:
    answer: Schema = {"description": text, "content": _json(_ref(schema))}
    if cookie:
        answer["headers"] = {"Set-Cookie": {"description": cookie, "schema": {"type": "string"}}}
    return answer


@lru_cache(maxsize=1)
def description() -> Schema:
    """Return the whole description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Co-creation sessions",
            "version": "1",
            "description": "What a session is now, and how to join it. Everything after that goes over the socket.",
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": "/"}],
        "paths": {
            "/api/v1/sessions/{code}": {
                "get": {
                    "operationId": "readSession",
                    "summary": "What the session is now",
                    "parameters": [CODE],
                    "responses": {
                        "200": {"description": "The session.", "content": _json(_ref("Session"))},
                        **_errors("403", "404", "405", "429", "500"),
                    },
                }
            },
            "/api/v1/sessions/{code}/participants": {
                "post": {
                    "operationId": "joinSession",
                    "summary": "Join the session as somebody of a sector",
                    "parameters": [CODE],
                    "requestBody": {"required": True, "content": _json(_ref("Join"))},
                    "responses": {
                        "201": _joined(
                            "A new participant.",
                            cookie="`p_<session id>`: the participant's secret, HttpOnly. Send it with the socket.",
                        ),
                        "200": _joined("The cookie sent along already is a participant of this session."),
                        "202": _joined(
                            "The facilitator lets people in: they wait.",
                            cookie="`w_<session id>`: the secret of who waits, HttpOnly. Send it when you join again.",
                            schema="Asked",
                        ),
                        **_errors("400", "403", "404", "405", "409", "413", "415", "429", "500", "503"),
                    },
                }
            },
            "/api/v1/sessions/{code}/earlier": {
                "get": {
                    "operationId": "readEarlier",
                    "summary": "What the participant of the cookie may see of all steps, rounds and results, in pages",
                    "parameters": [CODE, PAGE],
                    "responses": {
                        "200": {
                            "description": "A page.",
                            "headers": {"ETag": {"description": "Of all pages.", "schema": {"type": "string"}}},
                            "content": _json(_ref("Earlier")),
                        },
                        "304": {"description": "With If-None-Match: nothing of it changed."},
                        **_errors("400", "403", "404", "405", "429", "500"),
                    },
                }
            },
            "/api/v1/sessions/{code}/move-code": {
                "post": {
                    "operationId": "makeMoveCode",
                    "summary": "Make a short code by which the participant of the cookie goes on in another browser",
                    "parameters": [CODE],
                    "responses": {
                        "201": {"description": "The code.", "content": _json(_ref("MoveCode"))},
                        **_errors("403", "404", "405", "429", "500", "503"),
                    },
                }
            },
            "/api/v1/openapi.json": {
                "get": {
                    "operationId": "readDescription",
                    "summary": "This description",
                    "responses": {
                        "200": {"description": "It.", "content": _json({"type": "object"})},
                        **_errors("405"),
                    },
                }
            },
        },
        "components": {"schemas": SCHEMAS},
    }
