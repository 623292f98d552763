"""Makes the lock files in `requirements/` anew: every package, pinned, with the hashes of all its files.

    python3 scripts/lock.py

It works in a throw-away virtual environment and leaves out this machine's own package sources, so that the locks hold
on any other machine. They name no address: where packages come from is the installing machine's business.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "requirements"
OPTIONS = [
    "--quiet",
    "--generate-hashes",
    "--allow-unsafe",
    "--strip-extras",
    "--no-header",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-emit-options",
    "--no-emit-trusted-host",
]


def main() -> None:
    """Lock `run` first, because `test` is held to the same versions."""
    keep = {key: value for key, value in os.environ.items() if key not in ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL")}
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run([sys.executable, "-m", "venv", scratch], check=True)
        subprocess.run([f"{scratch}/bin/python", "-m", "pip", "install", "--quiet", "pip-tools~=7.6"], check=True)
        for name in ("run", "test", "node"):
            print(f"Locking requirements/{name}.in", flush=True)
            subprocess.run(
                [f"{scratch}/bin/pip-compile", *OPTIONS, f"{name}.in", "--output-file", f"{name}.txt", *sys.argv[1:]],
                check=True,
                cwd=FOLDER,
                env=keep | {"PIP_CONFIG_FILE": os.devnull},
            )


if __name__ == "__main__":
    main()
