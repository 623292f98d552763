"""One catalogue of what the program says, Dutch beside English, for Python, templates and screens.

    python -m scripts.messages extract            read the sources, add what is new to the .po file
    python -m scripts.messages translate a.json   fill in {"English": "Dutch", "{n} card": ["{n} kaart", "{n} kaarten"]}
    python -m scripts.messages compile            write the .mo and a Dutch catalogue per screen
    python -m scripts.messages check              name every sentence without Dutch, unused, or with other fields

The English sentence is the key, so English needs no file. Nothing here needs gettext's own tools.
"""

from __future__ import annotations

import argparse
import fcntl
import io
import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from .sentences import ROOT, Found, Id, key_of, sources

SCREENS = ("phone", "console", "stage", "studio")
SHARED = ("parts", "lib")
BESIDE = {
    "phone": ("kinds", "ballots"),
    "stage": ("projection", "kinds", "ballots"),
    "console": ("projection", "kinds", "ballots"),
    "studio": ("ballots",),
}
"""What only some screens share."""

# Dates and tool versions are left out: they would change on every run and mean nothing.
HEADER = """\
# The program in Dutch.
msgid ""
msgstr ""
"Language: nl\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def po_file(root: Path) -> Path:
    return root / "locale" / "nl" / "LC_MESSAGES" / "django.po"


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Two people may run this in one tree; the later one must see what the earlier wrote."""
    folder = po_file(root).parent
    folder.mkdir(parents=True, exist_ok=True)
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


Dutch: TypeAlias = dict[str, str | tuple[str, ...]]


def read(root: Path) -> tuple[Catalog, Dutch]:
    """The catalogue as it stands, and every translation it knows, also of sentences no longer said."""
    path = po_file(root)
    if not path.exists():
        return Catalog(locale="nl"), {}
    with path.open("rb") as file:
        catalog = read_po(file, locale="nl")
    dutch: Dutch = {}
    for message in [*catalog.obsolete.values(), *catalog]:
        if message.id:
            dutch[key_of(message.id)] = message.string
    return catalog, dutch


def write(root: Path, found: Found, dutch: Dutch, *, prune: bool) -> None:
    catalog = Catalog(locale="nl")
    for source in sorted(found.messages.values(), key=lambda source: (source.files[0], source.key)):
        catalog.add(source.id, fitting(source.id, dutch.get(source.key)), locations=[(f, 0) for f in source.files])
    if not prune:
        for key, words in dutch.items():
            if key not in found.messages and any(forms(words)):
                old: Id = key if isinstance(words, str) else (key, key)
                gone = Catalog(locale="nl").add(old, words)
                catalog.obsolete[key] = gone
    body = io.BytesIO()
    write_po(body, catalog, omit_header=True, include_lineno=False, width=100, sort_output=False)
    path = po_file(root)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = HEADER + body.getvalue().decode().strip() + "\n"
    fresh = path.with_suffix(".po.new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


def fitting(id: Id, words: str | tuple[str, ...] | None) -> str | tuple[str, ...]:
    """The translation in the shape that the sentence has now; one that lost or gained a plural starts again."""
    if isinstance(id, str):
        return words if isinstance(words, str) else ""
    return words if isinstance(words, tuple) and len(words) == 2 else ("", "")


def forms(words: str | Sequence[str] | None) -> list[str]:
    return [] if words is None else [words] if isinstance(words, str) else list(words)


FIELDS = re.compile(r"%\((\w+)\)[sd]|(?<!{){(\w+)}")


COUNTED = re.compile(
    r"(?:%\(\w+\)s|{\w+}) "
    r"(answers|cards|changes|dots|links|minutes|people|phones|points|screens|seconds|steps|texts|votes)\b"
)
"""A count before what is counted: one of them is said otherwise."""


def fields(sentence: str) -> set[str]:
    return {match[0] for match in FIELDS.finditer(sentence)}


def faults(root: Path = ROOT) -> list[str]:
    found = sources(root)
    catalog, _dutch = read(root)
    wrong = list(found.faults)
    active = {key_of(message.id): message for message in catalog if message.id}
    for key, source in found.messages.items():
        where = source.files[0]
        message = active.get(key)
        if isinstance(source.id, str) and COUNTED.search(source.id):
            wrong.append(f"{where}: a count without a form for one: {key!r}")
        words = forms(message.string) if message else []
        if message is None or (isinstance(source.id, tuple) != isinstance(message.id, (tuple, list))):
            wrong.append(f"{where}: not in the catalogue: {key!r}")
        elif not words or not all(words):
            wrong.append(f"{where}: no Dutch for {key!r}")
        elif message.fuzzy:
            wrong.append(f"{where}: unsure Dutch for {key!r}")
        else:
            english = forms(source.id)
            for index, sentence in enumerate(words):
                wanted = fields(english[min(index, len(english) - 1)])
                # "one card" need not say its number.
                if fields(sentence) != wanted and not (index == 0 and len(words) > 1 and fields(sentence) < wanted):
                    wrong.append(f"{where}: other fields in the Dutch of {key!r}: {sentence!r}")
    wrong += [
        f"{po_file(root).relative_to(root)}: no longer used: {key!r}" for key in active if key not in found.messages
    ]
    return wrong


def extract(root: Path = ROOT, *, prune: bool = False) -> int:
    with locked(root):
        found = sources(root)
        _catalog, dutch = read(root)
        write(root, found, dutch, prune=prune)
        missing = [source for source in found.messages.values() if not all(forms(dutch.get(source.key)) or [""])]
    print(f"{len(found.messages)} sentences, {len(missing)} without Dutch")
    for source in missing:
        print(f"  {source.files[0]}: {source.id!r}")
    for fault in found.faults:
        print(f"  {fault}", file=sys.stderr)
    return 0


def translate(path: Path, root: Path = ROOT) -> int:
    given = json.loads(sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8"))
    with locked(root):
        _catalog, dutch = read(root)
        dutch.update({key: words if isinstance(words, str) else tuple(words) for key, words in given.items()})
        write(root, sources(root), dutch, prune=False)
    return 0


def compile(root: Path = ROOT) -> int:
    with locked(root):
        catalog, _dutch = read(root)
    found = sources(root)
    words = {key_of(message.id): message.string for message in catalog if message.id}
    # What is half translated is left out: an empty plural form would be shown as nothing, not as English.
    whole = Catalog(locale="nl")
    for message in catalog:
        if message.id and all(forms(message.string) or [""]):
            whole.add(message.id, message.string)
    with po_file(root).with_suffix(".mo").open("wb") as file:
        write_mo(file, whole)
    folder = root / "frontend" / "src" / "messages"
    for screen in SCREENS:
        said_here = tuple(f"frontend/src/{part}/" for part in (screen, *SHARED, *BESIDE.get(screen, ())))
        chosen = {
            key: words[key]
            for key, source in sorted(found.messages.items())
            if any(file.startswith(said_here) for file in source.files) and all(forms(words.get(key)) or [""])
        }
        text = json.dumps(chosen, ensure_ascii=False, indent=1) + "\n"
        (folder / f"{screen}.nl.json").write_text(text, encoding="utf-8")
    return 0


def check(root: Path = ROOT) -> int:
    wrong = faults(root)
    for fault in wrong:
        print(fault)
    print("messages: " + (f"{len(wrong)} faults" if wrong else "complete"))
    return 1 if wrong else 0


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.messages", description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("extract").add_argument("--prune", action="store_true", help="forget what is no longer said")
    commands.add_parser("translate").add_argument("file", type=Path, help="a JSON file, or - for standard input")
    commands.add_parser("compile")
    commands.add_parser("check")
    given = parser.parse_args(arguments)
    if given.command == "extract":
        return extract(prune=given.prune)
    if given.command == "translate":
        return translate(given.file)
    return compile() if given.command == "compile" else check()


if __name__ == "__main__":
    raise SystemExit(main())
