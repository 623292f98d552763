"""`make lock`: pins the packages of `requirements/*.in` anew, by uv, as requirements/uv.toml says.

At the end uv resolves each lock for the oldest Pythons, without installing: with every hash, and from wheels alone.
This machine's own package sources are left out, so that the locks hold on any other machine.
"""

import os
import subprocess
import sys

from scripts.house import OLDEST_PYTHON
from scripts.steps import ROOT, VENV

FOLDER = ROOT / "requirements"
UV = [str(VENV / "bin" / "uv"), "--quiet", "--config-file", "uv.toml", "pip"]
OLDEST = ".".join(map(str, OLDEST_PYTHON))
TRIED = (f"{OLDEST}.0", f"{OLDEST}.2")
"""The oldest of all, and Debian 12's own."""
SOURCES = ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL", "UV_FIND_LINKS", "UV_EXTRA_INDEX_URL", "UV_INDEX")
TRY = ["--dry-run", "--require-hashes", "--only-binary", ":all:", "--target", str(ROOT / "build" / "lock")]


def uv(*words: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in SOURCES}
    subprocess.run([*UV, *words], check=True, cwd=FOLDER, env=environment)


def main() -> None:
    """Lock `run` first, because `test` is held to the same versions."""
    for name in ("run", "test", "node"):
        uv("compile", f"{name}.in", "--output-file", f"{name}.txt", *sys.argv[1:])
    for name in ("run", "test"):
        for python in TRIED:
            uv("install", *TRY, "--python-version", python, "-r", f"{name}.txt")


if __name__ == "__main__":
    main()
