"""Makes the lock files in `requirements/` anew: every package, pinned, with the hashes of all its files.

    python3 scripts/lock.py

The locks serve every Python from the oldest on, whichever one this runs with: what only some of them need has a marker.
At the end the installer resolves them for the oldest, without installing: with every hash, and from wheels alone.
It works in a throw-away virtual environment and leaves out this machine's own package sources, so that the locks hold
on any other machine. They name no address: where packages come from is the installing machine's business.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

if not __package__:
    # Run as a file: then only this folder is looked into.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from scripts.house import OLDEST_PYTHON

FOLDER = Path(__file__).resolve().parent.parent / "requirements"
OLDEST = ".".join(map(str, OLDEST_PYTHON))
TRIED = (f"{OLDEST}.0", f"{OLDEST}.2")
"""The oldest of all, and Debian 12's own."""
OPTIONS = [
    "--quiet",
    "--no-config",
    "--universal",
    "--python-version",
    OLDEST,
    "--generate-hashes",
    "--strip-extras",
    "--no-header",
    "--no-emit-index-url",
    "--no-emit-find-links",
]
TRY = ["--quiet", "--no-config", "--dry-run", "--require-hashes", "--only-binary", ":all:"]


def main() -> None:
    """Lock `run` first, because `test` is held to the same versions."""
    sources = ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL", "UV_FIND_LINKS", "UV_EXTRA_INDEX_URL", "UV_INDEX")
    keep = {key: value for key, value in os.environ.items() if key not in sources}
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run([sys.executable, "-m", "venv", scratch], check=True)
        subprocess.run([f"{scratch}/bin/python", "-m", "pip", "install", "--quiet", "uv>=0.9,<1"], check=True)
        for name in ("run", "test", "node"):
            print(f"Locking requirements/{name}.in", flush=True)
            command = [f"{scratch}/bin/uv", "pip", "compile", *OPTIONS, f"{name}.in", "--output-file", f"{name}.txt"]
            subprocess.run([*command, *sys.argv[1:]], check=True, cwd=FOLDER, env=keep)
        for name in ("run", "test"):
            for python in TRIED:
                print(f"Resolving requirements/{name}.txt for Python {python}", flush=True)
                command = [f"{scratch}/bin/uv", "pip", "install", *TRY, "--target", f"{scratch}/there"]
                subprocess.run(
                    [*command, "--python-version", python, "-r", f"{name}.txt"], check=True, cwd=FOLDER, env=keep
                )


if __name__ == "__main__":
    main()
