"""When a card was redacted for a name and its time is over, its text is found nowhere that is written or shown."""

from __future__ import annotations

import asyncio
import io
import zipfile
from pathlib import Path
from typing import Any

import httpx
import pytest
from pytest_django import DjangoDbBlocker

from sessions.domain.log import LogKind
from sessions.enums import Role
from sessions.exchange.files import FILES
from sessions.models import Event, Member, Membership, Participant, Programme
from sessions.models.ids import receipt_code

from ..conversation import PLAIN, CommandRefused, Talk, join
from ..server import RunningServer
from .client import member_cookies

NAME = "Mevrouw Wijnhoven-Ter Braak, 06 12345678"
BETTER = "Mevrouw Wijnhoven-Ter Braak van de vergunningen"
PARTS = (NAME, BETTER, "Wijnhoven")
Cookies = dict[str, str]


@pytest.mark.slow
def test_a_name_is_nowhere(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> None:
    """Written, changed, revealed, voted on, downloaded; the process is killed before the text's time is over."""
    with RunningServer(data_dir=tmp_path) as server:
        with django_db_blocker.unblock(), server.database():
            members = make_members(server.code)
        asyncio.run(write_and_redact(server, members["facilitator"]))
        assert found_in_files(server), "it was there"
        server.kill()
        server.start()
        with django_db_blocker.unblock(), server.database():
            asyncio.run(destroyed(server, members["facilitator"]))
            people = list(Participant.objects.filter(session__code=server.code).values_list("token_hash", flat=True))
            assert people
        asyncio.run(until_files_are_clean(server))
        shown = asyncio.run(read_everything(server, members))
        assert "contributions.csv" in " ".join(shown)
        leaks = {name for name, content in shown.items() for part in PARTS if part.encode() in content}
        assert leaks == set()
        assert not any(part in server.log for part in PARTS)
    assert found_in_files(server) == []


def make_members(code: str) -> dict[str, Cookies]:
    """Return the cookies of somebody of each role."""
    programme = Programme.objects.get(sessions__code=code)
    found = {}
    for role in Role:
        member = Member.objects.create_user(f"traces-{role.value}")
        Membership.objects.create(programme=programme, member=member, role=role)
        found[role.value] = member_cookies(member)
    return found


async def write_and_redact(server: RunningServer, lead: Cookies) -> None:
    phone = await join(server.base, server.code, "onderwijs")
    writer = await Talk(base=server.base, code=server.code, role="phone", cookies=phone).connect()
    desk = await Talk(base=server.base, code=server.code, role="console", cookies=lead).connect()
    steps = desk.snapshot["steps"]
    collect = next(step["id"] for step in steps if step["kind"] == "collect")
    vote = next(step for step in steps if step["kind"] == "vote")
    await desk.call("step.open", {"step": collect})
    card: dict[str, Any] = {"step": collect, "aspect": "both", "lang": "nl"}
    made = (await writer.call("card.write", card | {"text": NAME}))["id"]
    await writer.call("card.edit", {"card": made, "text": BETTER})
    others = [(await writer.call("card.write", card | {"text": f"Iets anders {n}"}))["id"] for n in range(4)]
    await desk.call("step.reveal", {"step": collect})
    for name in (made, *others):
        await desk.call("card.tick", {"round": vote["round"], "card": name, "on": True})
    await desk.call("step.open", {"step": vote["id"]})
    await desk.call("card.redact", {"card": made, "reason": "name"})
    with pytest.raises(CommandRefused) as no:
        await writer.call("card.edit", {"card": made, "text": "Toch"})
    assert no.value.code == "card.redacted"
    (server.data_dir / "phone").write_text("; ".join(f"{name}={value}" for name, value in phone.items()))
    await writer.close()
    await desk.close()


async def destroyed(server: RunningServer, lead: Cookies) -> None:
    """Nobody is connected while its time runs out; then a console looks."""
    await until(
        lambda: Event.objects.filter(session__code=server.code, kind=LogKind.CARD_DESTROYED).aexists(), within=40
    )
    desk = await Talk(base=server.base, code=server.code, role="console", cookies=lead).connect()
    assert not any(part in str(desk.snapshot) for part in PARTS)
    await desk.close()


async def until(holds: Any, *, within: float) -> None:
    async with asyncio.timeout(within):
        while not await holds():  # noqa: ASYNC110 - another process does it
            await asyncio.sleep(0.1)


async def until_files_are_clean(server: RunningServer) -> None:
    async def clean() -> bool:
        return not found_in_files(server)

    await until(clean, within=20)


def found_in_files(server: RunningServer) -> list[str]:
    """Return every file that the program keeps in which a part of it stands."""
    return [
        f"{path.name}: {part}"
        for path in sorted(server.data_dir.rglob("*"))
        if path.is_file()
        for part in PARTS
        if part.encode() in path.read_bytes()
    ]


async def read_everything(server: RunningServer, members: dict[str, Cookies]) -> dict[str, bytes]:
    """Return every page and file that shows cards, as each role, and what a phone and a projector are told."""
    name, _, value = (server.data_dir / "phone").read_text().partition("=")
    phone = {name: value}
    code, shown = server.code, {}
    for role, cookies in {**members, "phone": phone, "nobody": {}}.items():
        async with httpx.AsyncClient(
            verify=PLAIN, base_url=server.base, cookies=cookies, follow_redirects=True
        ) as client:
            pages = ["/", f"/s/{code}/", f"/s/{code}/console/", f"/s/{code}/stage/", f"/api/v1/sessions/{code}"]
            pages += ["/programmes/", "/programmes/kennispark/", f"/programmes/kennispark/sessions/{code}/"]
            pages += [
                "/programmes/kennispark/export/programme.zip",
                "/programmes/kennispark/export/programme.xlsx",
                *(f"/s/{code}/export/{name}" for name in FILES),
            ]
            for address in pages:
                shown[f"{role} {address}"] = unpacked((await client.get(address)).content)
            receipt = await client.get("/receipt/")
            token = client.cookies.get("csrftoken") or ""
            form = {"code": receipt_code(value), "csrfmiddlewaretoken": token}
            answer = await client.post("/receipt/", data=form, headers={"Origin": server.base})
            assert (receipt.status_code, answer.status_code) == (200, 200)
            shown[f"{role} receipt"] = answer.content
    for role, cookies in (("phone", phone), ("stage", members["core"]), ("console", members["core"])):
        talk = await Talk(base=server.base, code=code, role=role, cookies=cookies).connect()
        shown[f"socket {role}"] = str(talk.frames).encode()
        await talk.close()
    return shown


def unpacked(content: bytes) -> bytes:
    """Return what is in a zip, or the content as it is."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())
