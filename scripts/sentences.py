"""Every sentence that the program says, read out of its Python, its templates and its screens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from babel.messages.extract import extract as babel_extract

ROOT = Path(__file__).resolve().parent.parent

PYTHON_KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
}

Id: TypeAlias = str | tuple[str, str]


@dataclass
class Source:
    """One sentence, and the files that say it."""

    id: Id
    files: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        return key_of(self.id)


@dataclass
class Found:
    messages: dict[str, Source] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def add(self, id: Id, file: str) -> None:
        source = self.messages.setdefault(key_of(id), Source(id))
        if source.id != id:
            # gettext keys a plural by its singular: a plain use of the same words shares the entry.
            if isinstance(source.id, tuple) and isinstance(id, tuple):
                self.faults.append(f"{file}: two plurals for {key_of(id)!r}")
            elif isinstance(id, tuple):
                source.id = id
            # A screen has no gettext: there a plain use would find no Dutch.
            if any(each.startswith("frontend/") for each in (file, *source.files)):
                self.faults.append(f"{file}: said with its plural elsewhere: {key_of(id)!r}")
        if file not in source.files:
            source.files.append(file)


def key_of(id: str | Sequence[str]) -> str:
    return id if isinstance(id, str) else id[0]


def extract_python(path: Path, name: str, found: Found) -> None:
    with path.open("rb") as file:
        for _line, words, _comments, _context in babel_extract("python", file, keywords=PYTHON_KEYWORDS):
            if isinstance(words, str):
                found.add(words, name)
            elif len(words) >= 2 and words[0]:
                found.add((str(words[0]), str(words[1])), name)


TAG = re.compile(r"{%-?\s*(.*?)\s*-?%}", re.DOTALL)
TRANSLATE = re.compile(r"""^(?:translate|trans)\s+("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""", re.DOTALL)
INLINE = re.compile(r"""(?<!\w)_\(("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\)""")
BLOCK = re.compile(
    r"{%\s*(blocktranslate|blocktrans)\b(?P<options>[^%]*)%}(?P<body>.*?){%\s*end\1\s*%}",
    re.DOTALL,
)
PLURAL = re.compile(r"{%\s*plural\s*%}")
VARIABLE = re.compile(r"{{\s*([\w.]+)\s*}}")
TEMPLATE_COMMENT = re.compile(r"{%\s*comment\b.*?{%\s*endcomment\s*%}|{#[^\n]*?#}", re.DOTALL)


def extract_template(path: Path, name: str, found: Found) -> None:
    source = TEMPLATE_COMMENT.sub("", path.read_text(encoding="utf-8"))
    for block in BLOCK.finditer(source):
        parts = [block_sentence(part, "trimmed" in block["options"]) for part in PLURAL.split(block["body"])]
        found.add((parts[0], parts[1]) if len(parts) == 2 else parts[0], name)
    for tag in TAG.finditer(source):
        inside = tag[1]
        if match := TRANSLATE.match(inside):
            found.add(template_literal(match[1]), name)
        elif re.match(r"(?:translate|trans)\s", inside):
            found.faults.append(f"{name}: {{% {inside} %}} translates something that is not a literal")
    for expression in re.findall(r"{%.*?%}|{{.*?}}", source, re.DOTALL):
        for literal in INLINE.findall(expression):
            found.add(template_literal(literal), name)


def template_literal(literal: str) -> str:
    quote = literal[0]
    # Django doubles a per cent sign before it looks a sentence up.
    return literal[1:-1].replace(f"\\{quote}", quote).replace("\\\\", "\\").replace("%", "%%")


def block_sentence(body: str, trimmed: bool) -> str:
    sentence = VARIABLE.sub(lambda match: f"\0({match[1]})s", body.replace("%", "%%")).replace("\0", "%")
    if trimmed:
        sentence = " ".join(line.strip() for line in sentence.splitlines() if line.strip())
    return sentence


SCRIPT_COMMENT = re.compile(r"/\*.*?\*/|<!--.*?-->|(?<![^\s;{}])//[^\n]*", re.DOTALL)
CALL = re.compile(r"(?<![\w.$])(tn?)\(")
STRING = re.compile(r"""\s*("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\$]|\\.)*`)\s*(\+?)""")


def extract_script(path: Path, name: str, found: Found) -> None:
    source = SCRIPT_COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), path.read_text(encoding="utf-8"))
    for call in CALL.finditer(source):
        line = source.count("\n", 0, call.start()) + 1
        first, end = script_string(source, call.end())
        if first is None:
            found.faults.append(f"{name}:{line}: {call[1]}(…) must be given its sentence literally")
            continue
        if call[1] == "t":
            found.add(first, name)
            continue
        second, _end = script_string(source, source.find(",", end) + 1)
        if second is None:
            found.faults.append(f"{name}:{line}: tn(…) must be given both sentences literally")
        else:
            found.add((first, second), name)


def script_string(source: str, at: int) -> tuple[str | None, int]:
    """The string that starts here, or several put together with a plus."""
    whole = ""
    while match := STRING.match(source, at):
        literal, at = match[1], match.end()
        whole += unescape(literal[1:-1])
        if not match[2]:
            return whole, at
    return None, at


ESCAPES = {"n": "\n", "t": "\t"}


def unescape(body: str) -> str:
    body = re.sub(r"\\u\{?([0-9a-fA-F]{4,6})\}?", lambda match: chr(int(match[1], 16)), body)
    return re.sub(r"\\(.)", lambda match: ESCAPES.get(match[1], match[1]), body)


def sources(root: Path = ROOT) -> Found:
    found = Found()
    for app in ("cocreation", "sessions"):
        for path in sorted((root / app).rglob("*.py")):
            if "migrations" not in path.parts:
                extract_python(path, path.relative_to(root).as_posix(), found)
        for path in sorted((root / app).rglob("templates/**/*")):
            if path.suffix in {".html", ".txt"}:
                extract_template(path, path.relative_to(root).as_posix(), found)
    for path in sorted((root / "frontend" / "src").rglob("*")):
        inside = path.relative_to(root / "frontend" / "src").as_posix()
        if path.suffix in {".ts", ".svelte"} and not inside.startswith("messages/") and ".test." not in path.name:
            extract_script(path, path.relative_to(root).as_posix(), found)
    return found
