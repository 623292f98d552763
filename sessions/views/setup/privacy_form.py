"""The form of a programme's privacy notice: a field per section and language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from ...domain.privacy_notice import LANGUAGES, TEXT_LENGTH, USUAL, Language, read_notice
from ...models import Programme
from ..privacy import name_section
from ..typed_form import Field, TypedForm


def notice_form(programme: Programme, *, typed: Mapping[str, str] | None = None) -> TypedForm:
    """Return it with what the notice says now, in the languages of the programme."""
    shown = [language for language in LANGUAGES if language in programme.languages.split(",")]
    words = {"nl": _("in Dutch"), "en": _("in English")}
    notices = {language: read_notice(programme, language=language) for language in shown}
    fields = [
        Field(
            f"{section}_{language}",
            f"{name_section(section)}, {words[language]}" if len(shown) > 1 else name_section(section),
            notices[language][section],
            "lines",
            most=TEXT_LENGTH,
            lang=language,
        )
        for section in USUAL
        for language in shown
    ]
    return TypedForm("privacy", fields, typed=typed)


def changes_of_notice(form: TypedForm) -> dict[tuple[str, Language], str]:
    """Return what was changed here; a browser sends line breaks in a form of its own."""
    found: dict[tuple[str, Language], str] = {}
    for section in USUAL:
        for language in LANGUAGES:
            name = f"{section}_{language}"
            if name in form.fields and form.is_changed(name):
                found[section, language] = form.read_paragraphs(name)
    return found
