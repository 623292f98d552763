"""Sets the house up, so that `make run` and `make test` need nothing done by hand.

    python3 scripts/house.py setup run      what serving needs
    python3 scripts/house.py setup dev      what working on it needs: npm's tools, and no build
    python3 scripts/house.py setup test     that, and what the tests and checks need
    python3 scripts/house.py setup lighthouse    that, and Lighthouse, which only `make lighthouse` uses
    python3 scripts/house.py chromium       prints the browser for the tests, installing one when there is none
    python3 scripts/house.py caddy          prints the proxy for the tests, fetching one when there is none

Only the standard library is used here: it runs before anything is installed. Each part is skipped when what it was
made from has not changed since; the notes about that are in `build/stamps/`.
"""

import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

if not __package__:
    # Run as a file: then only this folder is looked into.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from scripts.programs import caddy, chromium, node_environment
from scripts.steps import (
    ROOT,
    STAMPS,
    VENV,
    VENV_PYTHON,
    Trouble,
    digest,
    one_at_a_time,
    pip,
    run,
    say,
    set_stamp,
    stamp,
    tail,
    works,
)

FRONTEND = ROOT / "frontend"
OLDEST_PYTHON = (3, 11)
# What these are is made by the build or by npm, not by people; they do not count as sources.
NOT_SOURCES = {"node_modules", "dist", "coverage", "test-results", ".svelte-kit", ".vite"}


def main(arguments: list[str]) -> int:
    """Do one of the jobs named in the module's description."""
    started = time.monotonic()
    try:
        match arguments:
            case ["setup", ("run" | "dev" | "test" | "lighthouse") as what]:
                with one_at_a_time():
                    setup(what if what in ("run", "dev") else "test")
                    if what == "lighthouse":
                        lighthouse()
                say(f"Ready in {time.monotonic() - started:.1f} s.")
            case ["chromium"]:
                with one_at_a_time():
                    print(chromium())
            case ["caddy"]:
                with one_at_a_time():
                    print(caddy())
            case _:
                print(__doc__)
                return 2
    except Trouble as trouble:
        print(f"\nSet-up stopped: {trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def setup(what: str) -> None:
    """Bring everything that `what` needs up to date."""
    virtual_environment()
    python_packages("test" if what == "test" else "run")
    run(None, [str(VENV_PYTHON), "-m", "scripts.messages", "compile"])
    frontend(with_tools=what != "run", with_build=what != "dev")


# ---------------------------------------------------------------------------------------------------- Python


def virtual_environment() -> None:
    """Make `.venv`, or make it anew when this folder was moved or Python was replaced."""
    if sys.version_info < OLDEST_PYTHON:
        raise Trouble(f"Python 3.11 or newer is needed, this is {platform.python_version()}.")
    made_from = {"python": platform.python_version(), "folder": str(ROOT)}
    if stamp("venv") == made_from and works([str(VENV_PYTHON), "-c", "import pip"]):
        return
    say("Making a virtual environment in .venv")
    shutil.rmtree(VENV, ignore_errors=True)
    for name in ("venv", "python-run", "python-test", "python-node"):
        (STAMPS / name).unlink(missing_ok=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True)
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        raise Trouble(
            "this Python cannot make virtual environments; on Debian and Ubuntu the package python3-venv adds that.\n"
            + tail(made.stdout + made.stderr)
        )
    set_stamp("venv", made_from)


def python_packages(what: str) -> None:
    """Install what the lock file names, each file checked against its hash. The lock for tests contains the other."""
    lock = ROOT / "requirements" / f"{what}.txt"
    fresh = {"lock": digest([lock])}
    if stamp(f"python-{what}") == fresh:
        return
    if what == "run" and stamp("python-test") == {"lock": digest([ROOT / "requirements" / "test.txt"])}:
        return
    run(f"Installing the Python packages of {lock.relative_to(ROOT)} (half a minute the first time)", pip(lock))
    set_stamp(f"python-{what}", fresh)


# -------------------------------------------------------------------------------------------------- frontend


def frontend(*, with_tools: bool, with_build: bool) -> None:
    """Build the bundle when a source changed. `with_tools` also keeps npm's tools there, for tests and checks."""
    package_lock = {"lock": digest([FRONTEND / "package-lock.json", FRONTEND / "package.json"])}
    sources = {"sources": digest(frontend_sources())}
    built = not with_build or (stamp("bundle") == sources and (FRONTEND / "dist").is_dir())
    installed = stamp("npm") == package_lock and (FRONTEND / "node_modules").is_dir()
    if built and (installed or not with_tools):
        return
    environment = node_environment()
    if not installed:
        run(
            "Installing the frontend's packages (half a minute the first time)",
            ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            cwd=FRONTEND,
            env=environment,
        )
        set_stamp("npm", package_lock)
    if not built:
        run("Building the screens", ["npm", "run", "build"], cwd=FRONTEND, env=environment)
        # The sources as they were before: a file saved during the build makes the next one build again.
        set_stamp("bundle", sources)


def lighthouse() -> None:
    """Install Lighthouse from its own lock file: 185 MB that nothing else needs."""
    folder = ROOT / "tools" / "lighthouse"
    fresh = {"lock": digest([folder / "package-lock.json", folder / "package.json"])}
    if stamp("lighthouse") == fresh and (folder / "node_modules").is_dir():
        return
    run(
        "Installing Lighthouse (half a minute the first time)",
        ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=folder,
        env=node_environment() | {"PUPPETEER_SKIP_DOWNLOAD": "1"},
    )
    set_stamp("lighthouse", fresh)


def frontend_sources() -> Iterator[Path]:
    """Every file under `frontend/` that people write, and the compiled messages."""
    for folder, names, files in os.walk(FRONTEND):
        names[:] = sorted(set(names) - NOT_SOURCES)
        yield from (Path(folder) / name for name in sorted(files))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
