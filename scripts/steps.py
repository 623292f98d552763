"""What the parts of setting up the house are made of: steps, and stamps of what each was last made from.

Only the standard library is used here: it runs before anything is installed.
"""

import fcntl
import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
STAMPS = ROOT / "build" / "stamps"


class Trouble(Exception):
    """Something a person has to repair; its text is the one sentence they need."""


def pip(lock: Path) -> list[str]:
    """The command that installs a lock file into `.venv`."""
    options = ["--quiet", "--no-input", "--disable-pip-version-check", "--require-hashes"]
    return [str(VENV_PYTHON), "-m", "pip", "install", *options, "--requirement", str(lock)]


def say(line: str) -> None:
    """One plain line about what happens. Standard output is kept for answers."""
    print(f"· {line}", file=sys.stderr, flush=True)


def run(title: str | None, command: list[str], *, cwd: Path = ROOT, env: dict[str, str] | None = None) -> None:
    """Run a step. Its own words are shown only when it fails, because then they are needed."""
    if title:
        say(title)
    done = subprocess.run(command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        raise Trouble(f"“{' '.join(command)}” failed.\n{tail(done.stdout + done.stderr)}")


def try_out(command: list[str], *, cwd: Path = ROOT, env: dict[str, str] | None = None) -> None:
    """Run a step that may fail because there is another way; say in one line why it did."""
    done = subprocess.run(command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        lines = [line.strip() for line in (done.stderr + done.stdout).splitlines() if line.strip()]
        reasons = [line for line in lines if re.search("error|failed|unable", line, re.IGNORECASE)] or lines
        say(f"That did not work: {reasons[0] if reasons else 'it gave no reason'}")


def works(command: list[str]) -> bool:
    """Whether a program is there and starts."""
    try:
        return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def tail(text: str, lines: int = 40) -> str:
    """The last lines of what a program said."""
    return "\n".join(text.strip().splitlines()[-lines:])


def digest(paths: Iterable[Path]) -> str:
    """One hash over the names and contents of files."""
    total = hashlib.sha256()
    for path in paths:
        if not path.is_file():
            raise Trouble(f"{path.relative_to(ROOT)} is missing.")
        total.update(f"{path.relative_to(ROOT)}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def stamp(name: str) -> object:
    """What a part was last made from, or None."""
    try:
        return json.loads((STAMPS / name).read_text())
    except (OSError, ValueError):
        return None


def set_stamp(name: str, made_from: dict[str, str]) -> None:
    """Note what a part was made from, once it is whole."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(json.dumps(made_from))


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let a second set-up in the same folder wait for the first, as with `make -j` or two terminals."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    with (STAMPS / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("Another set-up is at work here; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
