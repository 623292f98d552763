"""Refuses lock files that say where to download from: such an address works on one machine and leaks its set-up.

`make check` runs it.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = re.compile(r"://|^\s*(-i|-f|--(extra-)?index-url|--find-links|--trusted-host)\b")
NODE = re.compile(r'"resolved"\s*:\s*"[^"]*://')


def main() -> int:
    """Print every such line; 1 when there is one."""
    patterns = dict.fromkeys(sorted(ROOT.glob("requirements/*.txt")), PYTHON)
    for folder in ("frontend", "tools/lighthouse"):
        patterns[ROOT / folder / "package-lock.json"] = NODE
    found = 0
    for path, pattern in patterns.items():
        for number, line in enumerate(path.read_text().splitlines(), start=1):
            if pattern.search(line):
                print(f"{path.relative_to(ROOT)}:{number}: holds a download address: {line.strip()}")
                found += 1
    if not found:
        print(f"{len(patterns)} lock files hold no download addresses.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
