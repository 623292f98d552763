"""The forms of the set-up: a programme, a pillar, an O, its partners."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import available_timezones

from django.utils.text import slugify
from django.utils.translation import gettext as _

from ...domain.parts_of_programme import current_sectors, free_shapes
from ...domain.programmes import HIGHEST_THRESHOLD, LOWEST_THRESHOLD, MOST_PILLARS, pillar_names
from ...enums import Shape
from ...models import Pillar, Programme, Sector
from ..typed_form import Field, TypedForm, in_languages

Typed = Mapping[str, str] | None
NAME_LENGTH, SHORT_LENGTH, SECTOR_LENGTH, HINT_LENGTH, SLUG_LENGTH = 120, 40, 60, 120, 50
RESERVED = {"new"}
"""What an address of the studio says already."""


def languages() -> dict[str, str]:
    return {"nl,en": _("Dutch and English"), "nl": _("Dutch only"), "en": _("English only")}


def name_shape(shape: str) -> str:
    return {
        Shape.CIRCLE: _("circle"),
        Shape.DIAMOND: _("diamond"),
        Shape.TRIANGLE: _("triangle"),
        Shape.SQUARE: _("square"),
        Shape.HOUSE: _("house"),
        Shape.CROSS: _("cross"),
        Shape.WEDGE: _("triangle on its point"),
        Shape.SLANT: _("leaning square"),
    }[Shape(shape)]


def _name(base: str, *, languages: str, row: Any, most: int = NAME_LENGTH) -> list[Field]:
    labels = {"nl": _("Name in Dutch"), "en": _("Name in English"), "one": _("Name")}
    return in_languages(base, labels, languages=languages, row=row, most=most)


def _fixed(row: Programme | None, *, threshold: bool) -> list[Field]:
    """What a programme has besides its name."""
    fields = [
        Field("languages", _("Languages"), row.languages if row else "nl,en", "select", options=languages()),
        Field(
            "time_zone",
            _("Time zone"),
            row.time_zone if row else "Europe/Amsterdam",
            most=40,
            suggestions=sorted(zone for zone in available_timezones() if zone.startswith("Europe/")),
        ),
    ]
    if threshold:
        hint = _("Groups of fewer people are never shown on their own. At least 3; it stays once somebody took part.")
        value = str(row.threshold if row else 5)
        fields.append(Field("threshold", _("Threshold of small groups"), value, "number", hint=hint))
    return fields


def new_programme_form(typed: Typed = None) -> TypedForm:
    """Of a programme that is not there yet, in one language or both. Its address follows from the name."""
    fields = [
        *_name("name", languages="nl,en", row=None),
        *_fixed(None, threshold=True),
        *in_languages(
            "pillars",
            {"nl": _("Pillars in Dutch, one per line"), "en": _("Pillars in English, one per line"), "one": ""},
            languages="nl,en",
            kind="lines",
        ),
    ]
    form = TypedForm("new", fields, typed=typed)
    form["name_nl"].hint = _("One language is enough: the other one then says the same.")
    return form


def read_new_programme(form: TypedForm) -> dict[str, Any]:
    """Return the values of the programme, with `pillars`; what is wrong stands in the form."""
    values: dict[str, Any] = form.read_pair("name") | _read_fixed(form)
    lines = {lang: form.read_lines(f"pillars_{lang}", most=NAME_LENGTH) for lang in ("nl", "en")}
    both = lines["nl"] or lines["en"], lines["en"] or lines["nl"]
    if len(both[0]) != len(both[1]):
        form["pillars_en"].error = _("As many lines as in Dutch, or none.")
    elif not 1 <= len(both[0]) <= MOST_PILLARS:
        form["pillars_nl"].error = _("Name at least one pillar, and at most %(n)s.") % {"n": MOST_PILLARS}
    values["pillars"] = list(zip(*both, strict=False))
    slug = slugify(values["name_en"])[: SLUG_LENGTH - 4].strip("-") or "programme"
    values["slug"] = f"{slug}-1" if slug in RESERVED else slug
    return values


def programme_form(programme: Programme, *, threshold: bool, typed: Typed = None) -> TypedForm:
    address = Field("slug", _("In the address"), programme.slug, most=SLUG_LENGTH)
    address.hint = _("Lower-case letters, figures and hyphens. Links to pages of the studio change with it.")
    fields = [
        *_name("name", languages=programme.languages, row=programme),
        *_fixed(programme, threshold=threshold),
        address,
    ]
    return TypedForm("programme", fields, typed=typed)


def read_programme(form: TypedForm) -> dict[str, Any]:
    """Return what was changed of the programme."""
    names, fixed = form.read_pair("name"), _read_fixed(form)
    slug = form.read_text("slug")
    if slug and (slug != slugify(slug) or slug in RESERVED):
        form["slug"].error = _("Lower-case letters, figures and hyphens only.")
    changed = {name: value for name, value in (fixed | {"slug": slug}).items() if form.is_changed(name)}
    return form.keep_changed(names, "name") | changed


def _read_fixed(form: TypedForm) -> dict[str, Any]:
    values: dict[str, Any] = {"languages": form.read_choice("languages"), "time_zone": form.read_text("time_zone")}
    if values["time_zone"] not in available_timezones():
        form["time_zone"].error = _("There is no such time zone. Write it like Europe/Amsterdam.")
    if "threshold" in form.fields:
        values["threshold"] = form.read_number("threshold", lowest=LOWEST_THRESHOLD, highest=HIGHEST_THRESHOLD)
    return values


def pillar_form(programme: Programme, row: Pillar | None = None, *, typed: Typed = None) -> TypedForm:
    labels = {"nl": _("Short name in Dutch"), "en": _("Short name in English"), "one": _("Short name")}
    fields = [
        *_name("name", languages=programme.languages, row=row),
        *in_languages("short", labels, languages=programme.languages, row=row, most=SHORT_LENGTH),
    ]
    form = TypedForm(f"pillar-{row.key}" if row else "pillar-new", fields, typed=typed)
    next(found for found in form if found.name.startswith("short")).hint = _("For where there is little room.")
    return form


def read_pillar(form: TypedForm) -> dict[str, str]:
    """Return all words of a pillar; short names that nobody wrote follow from the names."""
    names = form.read_pair("name")
    shorts = form.read_pair("short", needed=False)
    return pillar_names(names["name_nl"], names["name_en"]) | {name: text for name, text in shorts.items() if text}


def changes_of_pillar(form: TypedForm) -> dict[str, str]:
    """Return what was changed here."""
    words = read_pillar(form)
    found = {base: {name: text for name, text in words.items() if name.startswith(base)} for base in ("name", "short")}
    return {name: text for base, pair in found.items() for name, text in form.keep_changed(pair, base).items()}


def sector_form(programme: Programme, row: Sector | None = None, *, typed: Typed = None) -> TypedForm:
    shown = programme.languages
    hints = {"nl": _("Hint in Dutch"), "en": _("Hint in English"), "one": _("Hint")}
    letters = {"nl": _("Letter in Dutch"), "en": _("Letter in English"), "one": _("Letter")}
    free = free_shapes(current_sectors(programme))
    shapes = [shape for shape in Shape if shape in free or (row is not None and shape == row.shape)]
    fields = [
        *_name("name", languages=shown, row=row, most=SECTOR_LENGTH),
        *in_languages("hint", hints, languages=shown, row=row, most=HINT_LENGTH),
        *in_languages("letter", letters, languages=shown, row=row, most=1),
        Field(
            "shape",
            _("Mark"),
            row.shape if row else next(iter(free), ""),
            "shapes",
            options={shape.value: name_shape(shape) for shape in shapes},
        ),
    ]
    form = TypedForm(f"sector-{row.key}" if row else "sector-new", fields, typed=typed)
    hinted = next(found for found in form if found.name.startswith("hint"))
    hinted.hint = _("Who belongs to it, shown on the page to join.")
    return form


def read_sector(form: TypedForm) -> dict[str, str]:
    """Return all of an O. A letter that nobody wrote is the first of the name."""
    names = form.read_pair("name", needed=True)
    letters = form.read_pair("letter", needed=False)
    for lang in ("nl", "en"):
        letters[f"letter_{lang}"] = (letters.get(f"letter_{lang}") or names[f"name_{lang}"][:1]).upper()[:1]
    hints = form.read_pair("hint", needed=False)
    hints = {f"hint_{lang}": hints.get(f"hint_{lang}", "") for lang in ("nl", "en")}
    return names | hints | letters | {"shape": form.read_choice("shape")}


def changes_of_sector(form: TypedForm) -> dict[str, str]:
    values = read_sector(form)
    changed = {"shape": values["shape"]} if form.is_changed("shape") else {}
    for base in ("name", "hint", "letter"):
        pair = {name: text for name, text in values.items() if name.startswith(f"{base}_")}
        changed |= form.keep_changed(pair, base)
    return changed


def partners_form(programme: Programme, *, typed: Typed = None) -> TypedForm:
    names = "\n".join(programme.organisations.values_list("name", flat=True))
    hint = _("One per line, as they are called everywhere.")
    return TypedForm("partners", [Field("partners", _("Partners"), names, "lines", hint=hint)], typed=typed)


def changes_of_partners(form: TypedForm) -> tuple[list[str], list[str]]:
    """Return what was added here, and what was taken out."""
    now, was = form.read_lines("partners", most=NAME_LENGTH), form["partners"].was.splitlines()
    return [name for name in now if name not in was], [name for name in was if name not in now]
