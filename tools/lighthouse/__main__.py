"""Audits the way in and the phone's own screen against a real server; exits 1 when a must of MUST is missed.

Lighthouse's own mobile setting: a slow 4G network and a processor four times slower, both simulated.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import django
import httpx

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cocreation.settings")
os.environ.setdefault("DATA_DIR", str(Path(__file__).resolve().parents[2] / "build" / "lighthouse"))
django.setup()

from tests.conversation import PLAIN, Talk, join, sign_in  # noqa: E402
from tests.server import ROOT, RunningServer  # noqa: E402

from ..bench.machine import describe_machine  # noqa: E402 - Django must be ready first

FILE = ROOT / "build" / "lighthouse.json"
COMMAND = Path(__file__).parent / "node_modules" / ".bin" / "lighthouse"
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
PERFORMANCE, ACCESSIBILITY, LCP_MS = 95, 100, 2_000
PATIENCE_S = 180
LANGUAGE = "nl"
"""The longer one."""
COOKIES = {"language": LANGUAGE}


@dataclass(frozen=True, slots=True)
class Audit:
    """What Lighthouse says of one page. Scores of 100; milliseconds; bytes over the wire."""

    page: str
    performance: int
    accessibility: int
    lcp_ms: int
    blocked_ms: int
    bytes: int

    @property
    def is_kept(self) -> bool:
        return self.performance >= PERFORMANCE and self.accessibility >= ACCESSIBILITY and self.lcp_ms <= LCP_MS


class WrongPage(Exception):
    """Lighthouse measured something else than the page that was meant."""


def audit(*, page: str, address: str, says: str, cookies: dict[str, str]) -> Audit:
    """Let Lighthouse open the page as a phone does.

    `says`: Dutch words that stand on it. Raises CalledProcessError when it could not, WrongPage when it ended at
    another address or in another language.
    """
    with tempfile.TemporaryDirectory(prefix="lighthouse-") as folder:
        report = Path(folder) / "report.json"
        cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        subprocess.run(
            [
                str(COMMAND), address, "--quiet", "--output=json", f"--output-path={report}",
                "--only-categories=performance,accessibility",
                f"--chrome-flags={FLAGS} --user-data-dir={folder}/profile",
                f"--extra-headers={json.dumps({'Cookie': cookie} if cookie else {})}",
            ],
            check=True,
            timeout=PATIENCE_S,
            env=os.environ | {"CHROME_PATH": os.environ["CHROMIUM"]},
        )  # fmt: skip
        found = json.loads(report.read_text())
    if found.get("runtimeError"):
        raise RuntimeError(f"{page}: {found['runtimeError']}")
    if found["finalDisplayedUrl"] != address:
        raise WrongPage(f"{page}: {found['finalDisplayedUrl']} in place of {address}")
    details = found["audits"]["largest-contentful-paint-element"]["details"]
    largest = json.dumps(details, ensure_ascii=False).replace("\u00a0", " ")
    if says not in largest:
        raise WrongPage(f"{page}: its largest words are not ‘{says}’ but {largest}")
    score = {name: round(category["score"] * 100) for name, category in found["categories"].items()}
    value = {name: round(check.get("numericValue") or 0) for name, check in found["audits"].items()}
    for name, check in found["audits"].items():
        if check.get("scoreDisplayMode") == "binary" and check.get("score") == 0:
            print(f"  {page}: {name}: {check['title']}")
    return Audit(
        page=page,
        performance=score["performance"],
        accessibility=score["accessibility"],
        lcp_ms=value["largest-contentful-paint"],
        blocked_ms=value["total-blocking-time"],
        bytes=value["total-byte-weight"],
    )


async def open_session(server: RunningServer) -> dict[str, str]:
    """Open the first step to write in; return the cookies of somebody who joined."""
    member = await sign_in(server.base, server.run["signin"]["facilitator"])
    console = await Talk(base=server.base, code=server.code, role="console", cookies=member).connect()
    step = next(step for step in console.snapshot["steps"] if step["kind"] == "collect")
    await console.call("step.open", {"step": step["id"]})
    await console.close()
    return await join(server.base, server.code, "ondernemers")


@contextmanager
def a_phone_comes_in(server: RunningServer) -> Iterator[None]:
    """Raises WrongPage when no phone joined the hub meanwhile: then its screen stayed empty."""
    stop, most = threading.Event(), 0

    def watch() -> None:
        nonlocal most
        while not stop.wait(0.1):
            most = max(most, phones_of(server))

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield
    finally:
        stop.set()
        watching.join()
    if most == 0:
        raise WrongPage("no phone joined the session")


def phones_of(server: RunningServer) -> int:
    """Return how many phones are connected and were let in."""
    lines = httpx.get(f"{server.base}/metrics", verify=PLAIN).text.splitlines()
    found = [line for line in lines if line.startswith('cocreation_sockets{audience="phone"}')]
    return int(float(found[0].split()[-1])) if found else 0


def main() -> int:
    with tempfile.TemporaryDirectory() as data, RunningServer(data_dir=Path(data)) as server:
        person = asyncio.run(open_session(server))
        join_page, phone_page = f"{server.base}/join/{server.code}/", f"{server.base}/s/{server.code}/"
        audits = [audit(page="join", address=join_page, says="Bij welke O hoor jij?", cookies=COOKIES)]
        with a_phone_comes_in(server):
            audits += [audit(page="phone", address=phone_page, says="Waar moet de wereld", cookies=person | COOKIES)]
    FILE.parent.mkdir(exist_ok=True)
    told = {"machine": describe_machine(), "language": LANGUAGE, "pages": [asdict(found) for found in audits]}
    FILE.write_text(json.dumps(told, indent=2) + "\n")
    print(f"{'':<8}{'performance':>13}{'accessibility':>15}{'LCP':>10}{'blocked':>10}{'bytes':>10}")
    print(f"{'must':<8}{f'≥ {PERFORMANCE}':>13}{f'≥ {ACCESSIBILITY}':>15}{f'≤ {LCP_MS} ms':>10}")
    for found in audits:
        print(
            f"{found.page:<8}{found.performance:>13}{found.accessibility:>15}{f'{found.lcp_ms} ms':>10}"
            f"{f'{found.blocked_ms} ms':>10}{found.bytes:>10}{'' if found.is_kept else '  MISSED'}"
        )
    return 0 if all(found.is_kept for found in audits) else 1


if __name__ == "__main__":
    sys.exit(main())
