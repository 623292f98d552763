"""A browser whose storage the phone's bundle of before protocol 2 filled loses nothing when this one is served.

`before_protocol_2.json` was recorded from that bundle in a real browser; it says how.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.async_api import Page, expect

from ..server import RunningServer
from . import acts
from .browser import PHONE, Screen, chromium, open_screen
from .stories import tell
from .workshop import Workshop

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

RECORDED = Path(__file__).parent / "before_protocol_2.json"
WRITE, VOTE = "Profile and brand: write", "Choose"
FILL = """async ({ local, session, database }) => {
  for (const [name, value] of Object.entries(local)) localStorage.setItem(name, value);
  for (const [name, value] of Object.entries(session)) sessionStorage.setItem(name, value);
  const stores = Object.entries(database.stores);
  const disk = await new Promise((resolve, reject) => {
    const asked = indexedDB.open("cocreation", database.version);
    asked.onupgradeneeded = () => {
      for (const [name, { keyPath }] of stores) asked.result.createObjectStore(name, { keyPath });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = reject;
  });
  const filled = disk.transaction(disk.objectStoreNames, "readwrite");
  for (const [name, { all }] of stores) for (const thing of all) filled.objectStore(name).put(thing);
  await new Promise((resolve) => (filled.oncomplete = resolve));
  disk.close();
}"""
SEED = """async (path) => {
  const page = new DOMParser().parseFromString(await (await fetch(path)).text(), "text/html");
  return JSON.parse(page.getElementById("start").textContent).person;
}"""


def test_what_the_bundle_of_before_left_arrives_once_and_drafts_stand(tmp_path: Path) -> None:
    async def run() -> None:
        with RunningServer(data_dir=tmp_path) as server:
            room = await Workshop(server).begin()
            async with chromium() as browser:
                await room.fill()
                await room.open("Welcome")
                await room.open(WRITE)
                await room.write_profile()
                await room.tick(VOTE, room.profile[:3])
                cookies = await room.join_over_http("ondernemers")
                phone = await open_screen(browser, server.base, size=PHONE, has_worker=True)
                await phone.context.add_cookies(
                    [{"name": name, "value": value, "url": server.base} for name, value in cookies.items()]
                )
                # An address of the same origin that runs no script.
                await phone.page.goto("/health/live")
                seed = await phone.page.evaluate(SEED, f"/s/{server.code}/")
                await room.open(VOTE)
                left = await leave(room, phone.page, seed)
                await look(room, phone, left)
            await room.end()

    tell(run())


async def leave(room: Workshop, page: Page, seed: int) -> dict[str, Any]:
    """Fill the browser's storage as the bundle of before did; return what waits in it, by key."""
    round_ = await room.round_of(VOTE)
    names = {"CODE": room.code, "STEP": room.step(WRITE), "ROUND": round_, "CARD": room.profile[0]}
    names |= {f"ITEM{number}": item for number, item in enumerate(room.items.values(), start=1)}
    recorded = RECORDED.read_text().replace("4040404040", str(seed))
    for name, value in names.items():
        recorded = recorded.replace(name, value)
    left: dict[str, Any] = json.loads(recorded)
    await page.evaluate(FILL, {name: left[name] for name in ("local", "session", "database")})
    return {entry["key"]: entry for entry in left["database"]["stores"]["outbox"]["all"]}


async def look(room: Workshop, phone: Screen, left: dict[str, Any]) -> None:
    page = phone.page
    await page.goto(f"/s/{room.code}/")
    entries = "Object.keys(localStorage).filter((name) => name.includes(':entry:')).length"
    await page.wait_for_function(f"() => document.querySelector('li.row') && {entries} === 0")
    # Each once, under its key.
    stored = lines(room.server, left)
    assert sorted(stored) == sorted((key, entry["do"]) for key, entry in told(left).items())
    assert written(room.server, "On its way") == 1
    # Two dots stand, and the one that was taken back does not.
    standing = {entry["with"]["item"]: entry["with"]["value"] for entry in by_place(left) if entry["do"] == "vote.cast"}
    assert votes(room.server, standing) == standing
    await expect(page.locator("li.row.marked")).to_have_count(2)
    # What was being typed is there, and stands in the form when its step is on.
    await expect(page.get_by_text("1 text was not sent yet")).to_be_visible()
    await room.open(WRITE)
    await expect(page.locator("textarea")).to_have_value("Half a thought")
    await expect(acts.card(phone, "On its way")).to_contain_text("stored")
    # Whoever loads the page once more sends nothing again.
    await page.reload()
    await expect(acts.card(phone, "On its way")).to_contain_text("stored")
    assert sorted(lines(room.server, left)) == sorted(stored)
    assert phone.trouble == []


def by_place(left: dict[str, Any]) -> list[dict[str, Any]]:
    return sorted(left.values(), key=lambda entry: entry["place"])


def told(left: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Key → entry, with the kind of its line of the log."""
    kinds = {"card.write": "card.written", "vote.cast": "vote.cast"}
    return {key: entry | {"do": kinds[entry["do"]]} for key, entry in left.items()}


def ask(server: RunningServer, query: str, *values: str) -> list[Any]:
    with closing(sqlite3.connect(server.database_file)) as disk:
        return disk.execute(query, values).fetchall()


def lines(server: RunningServer, left: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the key and the kind of every line of the log that bears one of these keys."""
    found = ask(server, "SELECT key, kind FROM workshop_event WHERE key IS NOT NULL")
    return [(str(UUID(key)), kind) for key, kind in found if str(UUID(key)) in left]


def written(server: RunningServer, text: str) -> int:
    (count,) = ask(server, "SELECT count(*) FROM workshop_contribution WHERE text = ?", text)[0]
    return int(count)


def votes(server: RunningServer, items: dict[str, int]) -> dict[str, int]:
    """Return item → the value that stands on it."""
    query = """SELECT i.public_id, v.value FROM workshop_vote v JOIN workshop_rounditem r ON r.id = v.round_item_id
               JOIN workshop_item i ON i.id = r.item_id"""
    return {item: value for item, value in ask(server, query) if item in items}
