"""Forms of the studio: their fields, what was typed into them, and what is wrong with it, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.translation import gettext as _

from ..domain.sanitiser import clean_lines, clean_text
from ..errors import Refused

Kind = Literal["text", "email", "number", "password", "select", "lines", "shapes"]


@dataclass(slots=True)
class Field:
    """One field. `lang`: of what is typed, empty for what is no language. `options`: value → word."""

    name: str
    label: str
    value: str = ""
    kind: Kind = "text"
    most: int = 0
    lang: str = ""
    hint: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    suggestions: Iterable[str] = ()
    autocomplete: str = "off"
    was: str = ""
    """What stood in it when it was shown: what somebody else changed meanwhile stays."""
    error: str = ""


class TypedForm:
    """One showing of a form. `prefix` keeps the ids of several on one page apart."""

    def __init__(self, prefix: str, fields: Iterable[Field], *, typed: Mapping[str, str] | None = None) -> None:
        self.prefix = prefix
        self.fields = {field.name: field for field in fields}
        self.is_typed = typed is not None
        self.error = ""
        for found in self.fields.values():
            found.was = found.value
            if typed is not None:
                found.was = typed.get(f"was_{found.name}", found.value)
                found.value = typed.get(found.name, "")

    def __iter__(self) -> Any:
        return iter(self.fields.values())

    def __getitem__(self, name: str) -> Field:
        return self.fields[name]

    @property
    def is_wrong(self) -> bool:
        return bool(self.error) or any(found.error for found in self.fields.values())

    def is_changed(self, name: str) -> bool:
        found = self.fields[name]
        return found.value != found.was

    def read_text(self, name: str, *, needed: bool = True) -> str:
        """Return what was typed, cleaned; empty with an error beside the field where something is wrong."""
        found = self.fields[name]
        if not found.value.strip():
            if needed:
                found.error = _("Fill this in.")
            return ""
        return _clean(found, clean_text)

    def read_choice(self, name: str) -> str:
        found = self.fields[name]
        if found.value not in found.options:
            found.error = _("Choose one of these.")
        return found.value

    def read_number(self, name: str, *, lowest: int, highest: int) -> int:
        found = self.fields[name]
        text = found.value.strip()
        number = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else -1
        if not lowest <= number <= highest:
            found.error = _("A number from %(low)s to %(high)s.") % {"low": lowest, "high": highest}
        return number

    def read_lines(self, name: str, *, most: int) -> list[str]:
        """Return the lines that say something, cleaned."""
        found = self.fields[name]
        lines = []
        for line in found.value.splitlines()[:200]:
            if not line.strip():
                continue
            try:
                lines.append(clean_text(line))
            except Refused as refused:
                found.error = refused.sentence()
        if any(len(line) > most for line in lines):
            found.error = _("At most %(n)s characters.") % {"n": most}
        return lines

    def read_paragraphs(self, name: str) -> str:
        """Return what was typed with its line breaks, cleaned; empty where nothing was, or something is wrong."""
        return _clean(self.fields[name], clean_lines)

    def read_pair(self, base: str, *, needed: bool = True) -> dict[str, str]:
        """Return what was typed in each language of the form; who wrote one gets it twice rather than a refusal."""
        names = [name for name in (f"{base}_nl", f"{base}_en") if name in self.fields]
        typed = {name: self.read_text(name, needed=False) for name in names}
        either = next((text for text in typed.values() if text), "")
        if needed and not either and not self.is_wrong:
            self.fields[names[0]].error = _("Fill this in.")
        if not needed and len(names) > 1:
            return typed
        return {f"{base}_{lang}": typed.get(f"{base}_{lang}") or either for lang in ("nl", "en")}

    def keep_changed(self, values: dict[str, str], base: str) -> dict[str, str]:
        """Return what of a pair was changed here."""
        changed = {name for name in self.fields if name.startswith(f"{base}_") and self.is_changed(name)}
        if not changed:
            return {}
        return {
            name: value
            for name, value in values.items()
            if name in changed or name not in self.fields or not self.fields[name].value.strip()
        }


def in_languages(base: str, labels: Mapping[str, str], *, languages: str, row: Any = None, **more: Any) -> list[Field]:
    """Return a field per language of the programme."""
    shown = languages.split(",")
    return [
        Field(
            f"{base}_{lang}",
            labels[lang] if len(shown) > 1 else labels["one"],
            value=str(getattr(row, f"{base}_{lang}")) if row is not None else "",
            lang=lang,
            **more,
        )
        for lang in shown
    ]


def _clean(found: Field, clean: Callable[[str], str]) -> str:
    """Return what was typed as `clean` leaves it; empty with an error beside the field where it refuses."""
    try:
        text = clean(found.value)
    except Refused as refused:
        found.error = refused.sentence()
        return ""
    if found.most and len(text) > found.most:
        found.error = _("At most %(n)s characters.") % {"n": found.most}
    return text
