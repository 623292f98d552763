"""The form of a session, for a new one and for a change: what was typed, and what is wrong with it, field by field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from ..domain.commands import EditSession
from ..domain.kept_agendas import as_template, find_kept
from ..domain.moment import to_ms
from ..domain.sanitiser import clean_text
from ..domain.sessions import copy_agenda, create_session
from ..domain.templates import DEFAULT as USUAL
from ..domain.templates import TEMPLATES, Template, lay_out
from ..enums import Consent, SessionKind
from ..errors import Refused
from ..limits import EARLIEST, LATEST, TITLE_LENGTH
from ..models import KeptAgenda, Programme, Session
from ..wording.words import in_language, name_consent

FIELDS = ("title_nl", "title_en", "kind", "planned_at", "consent", "start")
DEFAULT, EMPTY = "default", "empty"
"""What a new session starts from; else the key of a template, also of one of the programme's own, or the code of
another session of it.
"""


class SessionForm:
    """One showing of the form. `typed` goes back into the fields as it came, `errors` beside them."""

    kinds = SessionKind.values
    title_most = TITLE_LENGTH
    earliest, latest = f"{EARLIEST}T00:00", f"{LATEST}T23:59"
    default_minutes = TEMPLATES[USUAL].steps_minutes

    def __init__(self, *, programme: Programme, typed: Mapping[str, str]) -> None:
        self.programme = programme
        self.languages = programme.languages.split(",")
        self.zone = ZoneInfo(programme.time_zone)
        self.typed = {name: typed.get(name, "") for name in FIELDS}
        # What stood in the fields when they were shown, to tell what was changed in them.
        self.was = {name: typed.get(f"was_{name}", "") for name in FIELDS}
        self.errors: dict[str, str] = {}

    @property
    def templates(self) -> list[dict[str, Any]]:
        """What is offered besides the usual agenda."""
        return [
            {
                "key": key,
                "title": in_language(template, "title"),
                "minutes": template.minutes,
                "adds": in_language(template, "adds"),
            }
            for key, template in TEMPLATES.items()
            if key != USUAL
        ]

    @cached_property
    def own_templates(self) -> list[dict[str, Any]]:
        """What the programme keeps of its own."""
        kept = KeptAgenda.objects.filter(programme=self.programme, is_step=False)
        return [{"key": found.public_id, "title": found.name, "minutes": found.minutes} for found in kept]

    @classmethod
    def fresh(cls, programme: Programme) -> SessionForm:
        return cls(programme=programme, typed={"kind": "", "consent": Consent.FULL, "start": DEFAULT})

    @classmethod
    def of(cls, session: Session) -> SessionForm:
        form = cls(programme=session.programme, typed={})
        planned = session.planned_at.astimezone(form.zone) if session.planned_at else None
        form.typed |= {
            "title_nl": session.title_nl,
            "title_en": session.title_en,
            "kind": session.kind,
            "consent": session.consent,
            "planned_at": planned.strftime("%Y-%m-%dT%H:%M") if planned else "",
        }
        form.was = dict(form.typed)
        return form

    def make(self) -> Session | None:
        """Return the new session with its agenda; None, and what is wrong, when something is."""
        values = self._read(is_new=True)
        start = self.typed["start"]
        template = TEMPLATES.get(USUAL if start == DEFAULT else start) or self._own_template(start)
        model = self.programme.sessions.filter(code=start).first() if start.isascii() and start.isalnum() else None
        if model is None and template is None and start != EMPTY:
            self.errors["start"] = _("Choose one of these.")
        if self.errors:
            return None
        # What is read first stays outside: on SQLite a transaction waits its turn only if it begins by writing.
        with transaction.atomic():
            planned = model or template
            minutes = planned.minutes if planned is not None else None
            values["kind"] = values["kind"] or (planned.kind if planned is not None else SessionKind.WORKSHOP)
            session = create_session(programme=self.programme, **values, minutes=minutes)
            if model is not None:
                copy_agenda(of=model, to=session)
            elif template is not None:
                areas = {"area_nl": self.programme.name_nl, "area_en": self.programme.name_en}
                lay_out(template, session=session, **areas)
        return session

    def _own_template(self, key: str) -> Template | None:
        kept = find_kept(self.programme, key=key, is_step=False)
        return as_template(kept) if kept is not None else None

    def change(self) -> EditSession | None:
        """Return what was changed here, or None when something is wrong: what somebody else changed meanwhile stays."""
        values = self._read()
        if self.errors:
            return None
        values["planned_at"] = to_ms(values["planned_at"])
        changed = {name for name in FIELDS if self.typed[name] != self.was[name]}
        if len(self.languages) == 1 and f"title_{self.languages[0]}" in changed:
            changed |= {"title_nl", "title_en"}
        return EditSession(**{name: value for name, value in values.items() if name in changed})

    def _read(self, *, is_new: bool = False) -> dict[str, Any]:
        """Return the values; put what is wrong into `errors`."""
        return {
            **self._read_titles(),
            "kind": self._read_kind(is_new=is_new),
            "planned_at": self._read_moment(),
            "consent": self._read_consent(),
        }

    def _read_titles(self) -> dict[str, str]:
        """A session has a title in both languages; who wrote one gets it twice rather than a refusal."""
        titles: dict[str, str] = {}
        asked = [f"title_{language}" for language in self.languages]
        for name in asked:
            if not self.typed[name].strip():
                continue
            try:
                titles[name] = clean_text(self.typed[name])
            except Refused as refused:
                self.errors[name] = refused.sentence()
                continue
            if len(titles[name]) > TITLE_LENGTH:
                self.errors[name] = _("At most %(n)s characters.") % {"n": TITLE_LENGTH}
        if not titles and not self.errors:
            self.errors[asked[0]] = _("Give the session a title.")
        either = next(iter(titles.values()), "")
        return {name: titles.get(name, either) for name in ("title_nl", "title_en")}

    def _read_kind(self, *, is_new: bool) -> str:
        """Of a new session it may be left to its agenda."""
        if self.typed["kind"] not in SessionKind.values and not (is_new and self.typed["kind"] == ""):
            self.errors["kind"] = _("Choose one of these.")
        return self.typed["kind"]

    @property
    def consents(self) -> list[tuple[str, str]]:
        """The consent profiles with their names."""
        return [(value, name_consent(value)) for value in Consent.values]

    def _read_consent(self) -> Consent:
        """A form without the field leaves it as it is, and makes a session of which everything may be used."""
        typed = self.typed["consent"] or Consent.FULL
        if typed not in Consent.values:
            self.errors["consent"] = _("Choose one of these.")
            return Consent.FULL
        return Consent(typed)

    def _read_moment(self) -> dt.datetime | None:
        """Of the hour that comes twice in October the first; the one left out in March is none."""
        typed = self.typed["planned_at"].strip()
        if not typed:
            return None
        try:
            local = dt.datetime.fromisoformat(typed)
        except ValueError:
            local = None
        if local is None or local.tzinfo is not None:
            self.errors["planned_at"] = _("Write a date and a time, like 2026-03-12 19:00.")
        elif not EARLIEST <= local.date() <= LATEST:
            self.errors["planned_at"] = _("Choose a date between 1970 and 2099.")
        elif (moment := local.replace(tzinfo=self.zone)).astimezone(dt.UTC).astimezone(self.zone) != moment:
            self.errors["planned_at"] = _(
                "This time does not exist: that night the clock goes forward. Choose another."
            )
        else:
            return moment
        return None
