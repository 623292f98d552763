"""A backup taken while a room writes, put back into an empty database, gives the same files, byte for byte."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from sessions.exchange.consistent_read import read_consistently
from sessions.management.backup import write_backup
from sessions.management.failure import BackupFailed
from sessions.management.restore import find_gaps, restore_backup
from sessions.models import Session

from ..conversation import Talk, join, sign_in
from ..server import RunningServer
from .places import Places, export

WRITERS = 6
PACE_S = 0.3
"""Between two cards of one person: nobody may give more than twelve commands a second for long."""


async def open_step(server: RunningServer) -> str:
    member = await sign_in(server.base, server.run["signin"]["facilitator"])
    console = await Talk(base=server.base, code=server.code, role="console", cookies=member).connect()
    step: str = next(step["id"] for step in console.snapshot["steps"] if step["kind"] == "collect" and step["pillar"])
    await console.call("step.open", {"step": step})
    await console.close()
    return step


async def write_on(talk: Talk, step: str, stopped: asyncio.Event) -> int:
    """Write cards, changing each and taking it back, until told to stop; return how many."""
    count = 0
    while not stopped.is_set():
        content = {"step": step, "text": f"Kaart {count}, =1+1", "aspect": "both", "lang": "nl"}
        card = (await talk.call("card.write", content))["id"]
        await talk.call("card.edit", {"card": card, "text": f"Kaart {count}, anders"})
        if count:
            await talk.call("card.withdraw", {"card": card})
        count += 1
        await asyncio.sleep(PACE_S)
    return count


def test_a_backup_of_a_busy_session_gives_the_same_files(places: Places, tmp_path: Path) -> None:
    backup = tmp_path / "backup"

    def take() -> tuple[bytes, dict[str, int]]:
        with places.looking_into(places.served), read_consistently():
            # The files first: whatever is written meanwhile must not be in the backup either.
            files = export(server.code)
            return files, write_backup(backup)

    async def story() -> tuple[bytes, dict[str, int], Talk]:
        step = await open_step(server)
        people = [await join(server.base, server.code, "onderzoek") for _ in range(WRITERS)]
        talks = [
            await Talk(base=server.base, code=server.code, role="phone", cookies=person).connect() for person in people
        ]
        stopped = asyncio.Event()
        writing = [asyncio.create_task(write_on(talk, step, stopped)) for talk in talks]
        await talks[0].until_seq(60, within=30)
        before = talks[0].seq
        files, told = await asyncio.to_thread(take)
        await talks[0].until_seq(before + 30, within=30)
        stopped.set()
        assert min(await asyncio.gather(*writing)) > 0
        for talk in talks:
            await talk.close()
        return files, told, talks[0]

    with RunningServer(data_dir=places.folder, environment=places.environment) as server:
        files, told, phone = asyncio.run(story())
        code = server.code
        assert 0 < told[code] < phone.seq  # the room went on while the backup was taken
        assert backup.stat().st_mode & 0o777 == 0o600

        with places.looking_into(places.empty):
            assert restore_backup(backup, replace=False) == told
            assert export(code) == files
            assert find_gaps() == []
            with pytest.raises(BackupFailed, match="--replace"):
                restore_backup(backup, replace=False)

        server.stop()
        with places.looking_into(places.served):
            with pytest.raises(CommandError, match="--replace"):
                call_command("restore", str(backup))
            call_command("restore", str(backup), "--replace")
            assert export(code) == files
            epoch = Session.objects.get(code=code).epoch
            call_command("restore")  # as after pg_restore by hand
            assert Session.objects.get(code=code).epoch != epoch
        server.start()
        asyncio.run(come_back(server, phone, told[code]))


async def come_back(server: RunningServer, phone: Talk, seq: int) -> None:
    """A phone that knows more than was restored is told everything anew, and can write."""
    known = {"epoch": phone.welcome["epoch"], "seq": phone.seq}
    again = await Talk(base=server.base, code=server.code, role="phone", cookies=phone.cookies).connect(**known)
    assert again.welcome["epoch"] != phone.welcome["epoch"]
    assert "snapshot" in again.welcome and again.welcome.get("events") is None
    assert again.seq == seq
    step = again.snapshot["session"]["now"]
    answer = await again.call("card.write", {"step": step, "text": "Na het herstel", "aspect": "both", "lang": "nl"})
    assert answer["seq"] == seq + 1
    await again.close()
