"""Refuses files of code that are too long to be about one thing. `make check` runs it.

Migrations and generated files are made, not written. What is allowed here waits to be split; a line that is no longer
needed fails too.
"""

import subprocess
import sys

from scripts.steps import ROOT

MOST = 300
CODE = ("*.py", "*.ts", "*.svelte", "*.js", "*.css")
MADE = ("/migrations/", ".gen.ts")
ALLOWED: set[str] = set()


def main() -> int:
    """Print every file that is too long, and every allowance that is not needed; 1 when there is one."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *CODE]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    long = {
        name
        for name in names
        if not any(made in name for made in MADE)
        and (ROOT / name).is_file()
        and len((ROOT / name).read_text().splitlines()) > MOST
    }
    for name in sorted(long - ALLOWED):
        print(f"{name} has more than {MOST} lines: split it by what it is about")
    for name in sorted(ALLOWED - long):
        print(f"{name} is short enough now: take it out of scripts/lengths.py")
    if long == ALLOWED:
        print(f"{len(names)} files of code; {len(ALLOWED)} wait to be split, no other has more than {MOST} lines.")
    return int(long != ALLOWED)


if __name__ == "__main__":
    sys.exit(main())
