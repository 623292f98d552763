"""README.txt of the zip: every file and every column, in Dutch and in English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from textwrap import TextWrapper

from ..models import Programme
from .scope import Scope, number_for
from .table import Column

Told = tuple[str, str, str, list[Column]]
"""A file: its name, what it is in Dutch and English, its columns."""

WIDTH = 100

_DUTCH = (
    "Deze bestanden horen bij elkaar: ze zijn in één keer gelezen, zoals de sessie er toen voor stond. Ids zijn in elk"
    " bestand en op elk scherm dezelfde; ze zijn willekeurig en zeggen niets over wanneer of in welke volgorde iemand"
    " schreef.",
    "CSV: UTF-8 zonder BOM, komma's, elke cel tussen aanhalingstekens, regels eindigen op CR LF; een tekst kan zelf"
    " regeleinden bevatten. Tijden zijn UTC (ISO 8601, Z). Een lege cel betekent: niet van toepassing, of niet voor"
    " deze rol.",
    "Voor Excel en andere rekenbladen is er bij de downloads één werkmap met alle tabellen: session.xlsx. Van elke"
    " tabel is er ook een vorm die op een Nederlands rekenblad met een dubbelklik goed opent: NAAM-spreadsheet.csv, met"
    " BOM, puntkomma's en decimale komma's. datapackage.json zegt programma's wat er in elke tabel staat.",
    "Een tekst die begint met = + - @, een tab of een regeleinde krijgt een apostrof ervoor, zodat een rekenblad hem"
    " niet uitvoert. Dat geldt ook voor = + - @ vlak na een komma, puntkomma, tab of regeleinde in een tekst. Staan er"
    " op zo'n plek al apostroffen of aanhalingstekens en dan zo'n teken, dan komt er ook één bij: haal er dus altijd"
    " precies één weg.",
    "Kleine groepen: een O met minder dan {threshold} mensen is samengevoegd met de volgende kleinste. Alleen de"
    " bestanden per persoon, voor het kernteam, zijn daarvan uitgezonderd: deel die niet verder.",
)
_ENGLISH = (
    "These files belong together: they were read at once, as the session stood at that moment. Ids are the same in"
    " every file and on every screen; they are random and do not tell when or in what order anybody wrote.",
    "CSV: UTF-8 without BOM, commas, every cell quoted, lines end in CR LF; a text may hold line breaks itself. Times"
    " are UTC (ISO 8601, Z). An empty cell means: does not apply, or not for this role.",
    "For Excel and other spreadsheets there is, among the downloads, one workbook with all tables: session.xlsx. Of"
    " every table there is also a form that opens well by a double click where a spreadsheet is set to Dutch:"
    " NAME-spreadsheet.csv, with BOM, semicolons and decimal commas. datapackage.json tells programs what every table"
    " holds.",
    "A text that begins with = + - @, a tab or a line break has an apostrophe before it, so that a spreadsheet does not"
    " run it. So have = + - @ right after a comma, semicolon, tab or line break in a text. Where apostrophes or"
    " quotation marks already stand in such a place before such a character, one more is added: always take exactly one"
    " away.",
    "Small groups: an O of fewer than {threshold} people is pooled with the next smallest. Only the files per person,"
    " for the core team, are exempt: do not pass them on.",
)
_ROLES = {
    "core": ("kernteam", "core team"),
    "facilitator": ("begeleider", "facilitator"),
    "steering": ("stuurgroep", "steering group"),
}


def write_about(
    programme: Programme, name: str, dutch: str, english: str, columns: Sequence[Column]
) -> Iterator[bytes]:
    """Yield the file that explains the index of a programme's zip: one piece."""
    lines = [
        *_wrap(programme.name_nl),
        "",
        *_tell_file(name, dutch, tuple((column.key, column.nl) for column in columns)),
        "-" * WIDTH,
        "",
        *_wrap(programme.name_en),
        "",
        *_tell_file(name, english, tuple((column.key, column.en) for column in columns)),
    ]
    yield "\n".join(lines).encode()


def write_readme(scope: Scope, files: Sequence[Told]) -> Iterator[bytes]:
    """Yield the file: one piece."""
    session = scope.session
    role_nl, role_en = _ROLES[scope.role.value]
    number = number_for(scope.role, session)
    lines = [
        *_wrap(f"{session.title_nl} ({session.code}), {session.programme.name_nl}"),
        f"Voor: {role_nl}." + (f" Stand na gebeurtenis {number}." if number is not None else ""),
        "",
        *_paragraphs(_DUTCH, session.programme.threshold),
    ]
    for name, dutch, _, columns in files:
        lines += _tell_file(name, dutch, tuple((column.key, column.nl) for column in columns))
    lines += [
        "-" * WIDTH,
        "",
        *_wrap(f"{session.title_en} ({session.code}), {session.programme.name_en}"),
        f"For: {role_en}." + (f" State after event {number}." if number is not None else ""),
        "",
        *_paragraphs(_ENGLISH, session.programme.threshold),
    ]
    for name, _, english, columns in files:
        lines += _tell_file(name, english, tuple((column.key, column.en) for column in columns))
    yield "\n".join(lines).encode()


@lru_cache(maxsize=64)
def _paragraphs(texts: tuple[str, ...], threshold: int) -> list[str]:
    return [line for text in texts for line in (*_wrap(text.format(threshold=threshold)), "")]


@lru_cache(maxsize=64)
def _tell_file(name: str, about: str, columns: tuple[tuple[str, str], ...]) -> list[str]:
    """A file's name, what it is, and each column's name with its meaning beside it. The same for every session."""
    lines = [name, *_wrap(about, 2)]
    for key, meaning in columns:
        first = f"    {key:<18}"
        lines += TextWrapper(width=WIDTH, initial_indent=first, subsequent_indent=" " * 22).wrap(meaning)
    return [*lines, ""]


def _wrap(text: str, indent: int = 0) -> list[str]:
    space = " " * indent
    return TextWrapper(width=WIDTH, initial_indent=space, subsequent_indent=space).wrap(text)
