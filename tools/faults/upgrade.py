"""The row in which the program is upgraded while a room works: old and new code, side by side, on the new schema."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.server import ROOT, RunningServer
from tests.services import Server, create_database, postgres, redis

from .audit import Row
from .client import now
from .crowd import Crowd, Size
from .servers import BACK_S, hold
from .stand import Skip, Stand, by_hand

MIGRATIONS = "sessions/migrations"


def upgrade(row: Row, folder: Path, size: Size) -> None:
    """The code from before the newest migration serves; the new one starts beside it and migrates under its feet; half
    of the people go over; the old one is told to stop and the others follow."""
    old = check_out(folder / "old", before_newest_migration())

    async def act(row: Row, crowd: Crowd) -> None:
        before, after = crowd.stand.servers
        crowd.is_upgraded = True
        crowd.may_go_on.clear()  # so that both see cards and dots, however long the new one takes to start
        await crowd.until_sent(0.1)
        begun = now()
        await by_hand(lambda: _start(after))
        row.notes.append(f"new code migrated and listened {now() - begun:.1f} s after it was started")
        both = now()
        for number, client in enumerate(crowd.everybody):
            client.go_to(after.base)
            if number % 2:
                client.drop()
        crowd.may_go_on.set()
        await crowd.until_sent(0.8)
        side_by_side = sum(both < answer.acknowledged_at for _, answer in crowd.given())
        row.must(side_by_side > 0.05 * crowd.planned, "hardly anything was acknowledged while both ran")
        row.notes.append(f"{side_by_side} answers acknowledged while both ran, for {now() - both:.1f} s")
        stopping = now()
        await by_hand(before.stop)
        row.recovery_s = await crowd.recovery(stopping)
        row.must(row.recovery_s <= BACK_S, f"back after {row.recovery_s:.1f} s")
        for server in (before, after):
            row.must("Traceback" not in server.log, f"the log of {server.folder.name} has a traceback")
        crowd.stand.servers.remove(before)

    hold(row, _stand(folder, old), size, seconds=18, act=act)
    row.must(row.refused == 0, f"{row.refused} answers were refused")


def before_newest_migration() -> str:
    """Return the commit whose code does not know the newest migration."""
    asked = ("log", "--diff-filter=A", "-1", "--format=%H", "--", f"{MIGRATIONS}/0*.py")
    found = _git(*asked).decode().strip()
    if not found:
        raise Skip("the history with the code before the newest migration is not here")
    if _is_clean_cut(max((ROOT / MIGRATIONS).glob("0*.py"))):
        raise Skip("the newest migration is a clean cut: code of before cannot run beside it")
    return f"{found}^"


def _is_clean_cut(migration: Path) -> bool:
    return "clean_cut = True" in migration.read_text()


def check_out(folder: Path, commit: str) -> Path:
    """Put the code of a commit into a folder, with the bundle and catalogues that were built for this one."""
    folder.mkdir(parents=True)
    with tarfile.open(fileobj=io.BytesIO(_git("archive", commit))) as archive:
        archive.extractall(folder, filter="data")
    _lend_bundle(folder / "frontend" / "dist")
    for catalogue in ROOT.glob("locale/*/LC_MESSAGES/*.mo"):
        shutil.copy(catalogue, folder / catalogue.relative_to(ROOT))
    return folder


def _lend_bundle(folder: Path) -> None:
    """Phones of the crowd read no page, so any bundle will do. Older code knows one for both languages."""
    built = ROOT / "frontend" / "dist"
    (folder / ".vite").mkdir(parents=True)
    os.symlink(built / "assets", folder / "assets")
    manifest = json.loads((built / ".vite" / "manifest.json").read_text())
    manifest["src/phone/main.ts"] = manifest["src/phone/main.ts:nl"]
    (folder / ".vite" / "manifest.json").write_text(json.dumps(manifest))


def _start(server: RunningServer) -> None:
    server.data_dir.mkdir(parents=True)
    server.start()


@contextmanager
def _stand(folder: Path, old: Path) -> Iterator[Stand]:
    with ExitStack() as stack:
        database, bell = stack.enter_context(postgres(durable=True)), stack.enter_context(redis())
        assert isinstance(database, Server) and isinstance(bell, Server)
        environment = {"DATABASE_URL": create_database(database.url, "faults"), "REDIS_URL": bell.url}
        before = RunningServer(data_dir=folder / "data0", environment=environment, code=old)
        after = RunningServer(data_dir=folder / "data1", environment=environment)
        stack.enter_context(before)
        stack.callback(after.stop)
        stand = _OldFirst([before, after], database, bell)
        yield stand


class _OldFirst(Stand):
    """People come to the one that runs; once it is gone, the other is the first."""

    @property
    def bases(self) -> list[str]:
        return [self.first.base]


def _git(*words: str) -> bytes:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True)
    if done.returncode:
        raise Skip(f"the code of before is not to be had: {done.stderr.decode().strip()}")
    return done.stdout
