"""Where there is HTTPS the phone screen is an app: it can be installed, and opens without network with what it had.

Here on localhost, which a browser trusts as much.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.async_api import Browser, Error, Page, expect

from ..server import ROOT, RunningServer
from . import acts
from .browser import DESKTOP, PHONE, Screen, chromium, open_screen
from .proxy import CutProxy
from .storage import expect_kept, expect_page_kept, until
from .stories import tell

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


class Place:
    """A server whose bundle can be replaced, a console, and a wire that the phones hang on."""

    def __init__(self, server: RunningServer, browser: Browser, wire: CutProxy, console: Screen, dist: Path) -> None:
        self.server, self.browser, self.wire, self.console, self.dist = server, browser, wire, console, dist
        self.base = f"http://localhost:{wire.port}"

    async def phone(self) -> Screen:
        """Somebody joined, and the page is kept for when there is no network."""
        phone = await open_screen(self.browser, self.base, size=PHONE, has_worker=True)
        await acts.join(phone, self.server.code, "ondernemers")
        await self.kept(phone.page)
        return phone

    async def kept(self, page: Page) -> None:
        await expect_page_kept(page, f"/s/{self.server.code}/")


def at_a_place(path: Path, story: Callable[[Place], Awaitable[None]]) -> None:
    async def run() -> None:
        dist = path / "dist"
        shutil.copytree(ROOT / "frontend" / "dist", dist)
        with RunningServer(data_dir=path / "data", environment={"FRONTEND_DIST": str(dist)}) as server:
            async with chromium() as browser, CutProxy(port=server.port) as wire:
                console = await open_screen(browser, server.base, size=DESKTOP)
                await acts.sign_in(console, server.run["signin"]["facilitator"])
                await story(Place(server, browser, wire, console, dist))

    tell(run())


def test_the_phone_screen_can_be_installed(tmp_path: Path) -> None:
    async def story(place: Place) -> None:
        phone = await place.phone()
        session = await phone.context.new_cdp_session(phone.page)
        found = await session.send("Page.getAppManifest")
        assert found["errors"] == []
        manifest = json.loads(found["data"])
        address = f"/s/{place.server.code}/"
        assert manifest["start_url"] == manifest["scope"] == manifest["id"] == address
        for icon in manifest["icons"]:
            size = await phone.page.evaluate(
                """async (src) => { const image = new Image(); image.src = src; await image.decode();
                     return `${image.naturalWidth}x${image.naturalHeight}`; }""",
                icon["src"],
            )
            assert size == icon["sizes"]
        errors = (await session.send("Page.getInstallabilityErrors"))["installabilityErrors"]
        # Every context of Playwright is a private window, in which nothing is installed.
        assert [error["errorId"] for error in errors if error["errorId"] != "in-incognito"] == []
        scope = await phone.page.evaluate("navigator.serviceWorker.ready.then((worker) => worker.scope)")
        assert scope == f"{place.base}/s/"
        # A person is not asked for it; a Chromium without windows is.
        whose = (await session.send("Target.getTargetInfo"))["targetInfo"]["browserContextId"]
        granted = {"permissions": ["wakeLockScreen"], "origin": place.base, "browserContextId": whose}
        await session.send("Browser.grantPermissions", granted)
        await expect_screen_stays_on(phone.page)
        assert phone.trouble == []

    at_a_place(tmp_path, story)


async def expect_screen_stays_on(page: Page) -> None:
    await page.add_init_script(
        """window.locks = []; const request = WakeLock.prototype.request;
           WakeLock.prototype.request = function (type) {
             const lock = request.call(this, type); window.locks.push(lock); return lock; };"""
    )
    await page.reload()
    await page.wait_for_function("window.locks.length > 0")
    assert await page.evaluate("Promise.all(window.locks).then((locks) => locks.map(({ released }) => released))") == [
        False
    ]
    await expect(page.get_by_text("If your screen goes dark, tap it")).to_have_count(0)


async def phone_with(place: Place, text: str) -> Screen:
    """Return a phone that wrote this card, knows it to be stored, and keeps it."""
    await acts.go_to(place.console, "Welcome")
    await acts.go_to(place.console, "Profile and brand: write")
    phone = await place.phone()
    await expect(await acts.write(phone, text, "Software")).to_contain_text("stored")
    await expect_kept(phone.page, text)
    return phone


def test_it_opens_without_network_with_what_it_had(tmp_path: Path) -> None:
    async def story(place: Place) -> None:
        phone = await phone_with(place, "Stored before")
        place.wire.cut()
        await acts.write(phone, "Written without network", "Hardware")
        await phone.page.locator("textarea").fill("Half a thought")
        await phone.page.close()

        again = Screen(phone.context, await phone.context.new_page(), place.base)
        await again.page.goto(f"/s/{place.server.code}/")
        await acts.expect_offline(again)
        await expect(again.page.get_by_text("last contact")).to_be_visible()
        await expect(acts.card(again, "Stored before")).to_contain_text("stored")
        await expect(acts.card(again, "Written without network")).to_contain_text("waits for connection")
        await expect(again.page.locator("textarea")).to_have_value("Half a thought")
        await acts.write(again, "Written in the opened page", "Both")
        # Also the screens that a page fetches after its first look.
        await again.page.locator("header .who").click()
        await expect(again.page.locator(".tag")).to_be_visible()
        await again.page.locator("header .who").click()

        place.wire.mend()
        await acts.try_now(again)
        for text in ("Written without network", "Written in the opened page"):
            await expect(acts.card(again, text)).to_contain_text("stored")
            await expect(acts.card_on_desk(place.console, text)).to_have_count(1)
        assert again.trouble == []

    at_a_place(tmp_path, story)


def test_a_deploy_replaces_page_and_files(tmp_path: Path) -> None:
    async def story(place: Place) -> None:
        phone = await place.phone()
        place.server.stop()
        replaced = deploy(place.dist)
        place.server.start()
        await phone.page.reload()
        assert await phone.page.evaluate("globalThis.deployed") is True
        await until(
            phone.page,
            """async (old) => !(await (await caches.open("cocreation-files-1")).keys())
                 .some(({ url }) => url.endsWith(".js") && old.includes(new URL(url).pathname))""",
            replaced,
        )
        place.wire.cut()
        await phone.page.reload()
        assert await phone.page.evaluate("globalThis.deployed") is True
        await acts.expect_offline(phone)

    at_a_place(tmp_path, story)


def test_nobody_sees_what_another_person_of_this_browser_had(tmp_path: Path) -> None:
    async def story(place: Place) -> None:
        phone = await phone_with(place, "Of the first person")

        # Who is not in the session any more has no page of it, with network and then without.
        await phone.context.clear_cookies()
        address = f"/s/{place.server.code}/"
        await phone.page.goto(address)
        await phone.page.wait_for_url("**/join/**")
        empty = "async () => !(await (await caches.open('cocreation-pages-1')).keys()).length"
        await until(phone.page, empty)
        elsewhere = Screen(phone.context, await phone.context.new_page(), place.base)
        place.wire.cut()
        with pytest.raises(Error, match="ERR_"):
            await elsewhere.page.goto(address)
        await elsewhere.page.close()

        # The next person has a page, and nothing of the first on it.
        place.wire.mend()
        await acts.join(phone, place.server.code, "onderwijs")
        await place.kept(phone.page)
        place.wire.cut()
        await phone.page.reload()
        await acts.expect_offline(phone)
        await expect(phone.page.get_by_text("Of the first person")).to_have_count(0)

    at_a_place(tmp_path, story)


def test_a_kept_page_shows_its_receipt_to_its_own_person_only(tmp_path: Path) -> None:
    """Somebody else joined on this phone, and the network went before their own page could come."""

    async def story(place: Place) -> None:
        phone = await phone_with(place, "Of the first person")
        who = phone.page.locator("header .who")
        code = phone.page.locator(".code")

        # Without network the page shows its person the receipt.
        place.wire.cut()
        await phone.page.reload()
        await acts.expect_offline(phone)
        await who.click()
        first = await code.inner_text()
        assert len(first.replace("-", "")) == 16
        tag = await phone.page.locator(".tag").inner_text()

        place.wire.mend()
        await acts.try_now(phone)
        secrets = [each for each in await phone.context.cookies() if each.get("name", "").startswith("p_")]
        await phone.context.clear_cookies(name=secrets[0]["name"])  # type: ignore[typeddict-item]
        made = await phone.context.request.post(
            f"{place.base}/api/v1/sessions/{place.server.code}/participants", data={"sector": "onderwijs"}
        )
        assert made.status == 201

        # The page that was open all the time now speaks for the second, and has only the first one's code.
        place.wire.cut()
        place.wire.mend()
        await acts.try_now(phone)
        await expect(phone.page.locator(".tag")).not_to_have_text(tag)
        await expect(code).to_have_count(0)

        # Nor is there anything of the first on the page that is still kept.
        place.wire.cut()
        await phone.page.reload()
        await acts.expect_offline(phone)
        await expect(
            phone.page.get_by_role("heading", name="Your session comes here once there is a connection")
        ).to_be_visible()
        await expect(phone.page.get_by_text("Of the first person")).to_have_count(0)
        await expect(code).to_have_count(0)

        # The line comes back under the page of the first: it knows the second, and shows no code until it has theirs.
        place.wire.mend()
        await acts.try_now(phone)
        await expect(phone.page.locator("textarea")).to_be_visible()
        await who.click()
        await expect(phone.page.locator(".tag")).to_be_visible()
        await expect(code).to_have_count(0)
        await phone.page.reload()
        await who.click()
        await expect(code).to_be_visible()
        assert await code.inner_text() != first

    at_a_place(tmp_path, story)


def deploy(dist: Path) -> list[str]:
    """Put a newer build of the phone in the place of the old one: other contents under other names.

    Return the addresses that are no more. What did not change keeps its address.
    """
    path = dist / ".vite" / "manifest.json"
    manifest = json.loads(path.read_text())
    chunks = {chunk["file"]: chunk for name, chunk in manifest.items() if name.startswith(("src/phone/", "src/kinds/"))}
    # What imports one of them names it, and so has another name too.
    scripts = {chunk["file"]: chunk for chunk in manifest.values() if chunk["file"].endswith(".js")}
    while more := {
        file: chunk
        for file, chunk in scripts.items()
        if file not in chunks and any(Path(known).name in (dist / file).read_text() for known in chunks)
    }:
        chunks |= more
    names = {file: f"{file[: -len('12345678.js')]}deployed.js" for file in chunks}
    for file, chunk in chunks.items():
        old = dist / file
        text = f"globalThis.deployed=true;{old.read_text()}"
        for one, other in names.items():
            text = text.replace(Path(one).name, Path(other).name)
        chunk["file"] = names[file]
        (dist / chunk["file"]).write_text(text)
        for packed in (old, Path(f"{old}.gz"), Path(f"{old}.br")):
            with suppress(FileNotFoundError):
                packed.unlink()
    path.write_text(json.dumps(manifest))
    return [f"/static/{file}" for file in names]
