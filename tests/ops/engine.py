"""What `docker` is to the scripts while they are tested: its commands run as processes of this machine.

    python tests/ops/engine.py compose exec -T postgres pg_dump …

`exec postgres` runs PostgreSQL's own programs, `run migrate` runs manage.py, on a real database. What runs, and which
image, stands in the file ENGINE; a line for each command goes into it, and one that `broken` names fails. Bringing the
database up to date takes seconds, so `run migrate` alone does it only where `migrates` says so.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

FILE = Path(os.environ["ENGINE"])
ROOT = Path(__file__).resolve().parent.parent.parent
BUILDS = {"migrate": "cocreation-app:latest", "proxy": "cocreation-proxy:latest"}
"""Service → the image that it builds."""


def main(words: list[str]) -> int:
    """Do one command of docker; return how it ended."""
    state: dict[str, Any] = json.loads(FILE.read_text())
    line = " ".join(words)
    state["said"].append(line)
    broken = any(part in line for part in state["broken"])
    match words:
        case ["tag", source, target]:
            state["images"][target] = state["images"][source]
        case ["compose", "build", *names]:
            for image in () if broken else (BUILDS[name] for name in names or BUILDS):
                state["images"][image] = state["version"]
        case ["compose", "ps", *more]:
            print("\n".join([name for status in ("running", "restarting") if status in more for name in state[status]]))
        case ["compose", "stop", *names]:
            state["running"] = [name for name in state["running"] if name not in names]
        case ["compose", "start", *names]:
            state["running"] = sorted({*state["running"], *names})
        case ["compose", "up", *more]:
            for name in (word for word in more if not word.startswith("-") and not word.isdigit()):
                image = state["images"]["cocreation-proxy:latest" if name == "proxy" else "cocreation-app:latest"]
                broken = broken or (name.startswith("app-") and image in state["broken"])
                state["at"][name] = image
                state["running"] = sorted({*state["running"], name})
    FILE.write_text(json.dumps(state))
    if broken:
        print(f"broken: {line}", file=sys.stderr)
        return 1
    match words:
        case ["compose", "exec", "-T", "postgres", program, *arguments]:
            return subprocess.call([str(Path(os.environ["PROGRAMS"]) / program), *arguments])
        case ["compose", "run", *more] if "manage.py" in more:
            address = next((word for word in more if word.startswith("DATABASE_URL=")), "")
            return manage(address.rpartition("/")[2] or "cocreation", *more[more.index("manage.py") + 1 :])
        case ["compose", "run", *_, "migrate"] if state["migrates"]:
            return manage("cocreation", "migrate", "--no-input")
    return 0


def manage(database: str, *words: str) -> int:
    """Run manage.py on a database of the server."""
    own = os.environ | {"DATABASE_URL": os.environ["SERVER"] + database, "DATABASE_PASSWORD": ""}
    return subprocess.call([sys.executable, "manage.py", *words], cwd=ROOT, env=own)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
