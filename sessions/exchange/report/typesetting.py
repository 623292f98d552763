"""The compiler of typst, and what it may read: the folder of the report and its fonts, nothing else."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).resolve().parent
STANDARD = "ua-1"
CompileError = typst.TypstError


def compile_typst(source: bytes, inputs: dict[str, str], **how: Any) -> list[bytes]:
    """Return the file, or one per page."""
    # Packages are looked for in a folder that has none: nothing is ever fetched.
    made: Any = typst.compile(
        source, root=HERE, font_paths=_fonts(), package_path=HERE, package_cache_path=HERE, sys_inputs=inputs, **how
    )
    return made if isinstance(made, list) else [made]


@cache
def _fonts() -> typst.Fonts:
    """The report's own font and those in the compiler, not the machine's: everywhere the same file."""
    return typst.Fonts(include_system_fonts=False, font_paths=[HERE / "fonts"])
