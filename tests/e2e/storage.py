"""What a browser keeps of the phone: its page, what its person last knew; and a browser that keeps nothing."""

from __future__ import annotations

from playwright.async_api import Page

from .browser import PATIENCE


async def until(page: Page, condition: str, arg: object = None) -> None:
    """Wait for something that the page has to ask for: `wait_for_function` takes a promise for a yes."""
    for _ in range(PATIENCE // 100):
        if await page.evaluate(condition, arg):
            return
        await page.wait_for_timeout(100)
    raise AssertionError(f"it did not come to {condition}")


async def expect_page_kept(page: Page, address: str) -> None:
    """The page opens without network."""
    await until(
        page,
        """async (address) => (await (await caches.open("cocreation-pages-1")).keys())
             .some(({ url }) => new URL(url).pathname === address)""",
        address,
    )


async def expect_kept(page: Page, text: str) -> None:
    """What the person sees now is on disk."""
    await until(
        page,
        """(text) => new Promise((resolve) => {
             const asked = indexedDB.open("cocreation");
             asked.onsuccess = () => {
               const all = asked.result.transaction("kept").objectStore("kept").getAll();
               all.onsuccess = () => { asked.result.close(); resolve(JSON.stringify(all.result).includes(text)); };
             };
           })""",
        text,
    )


async def forbid_disk(page: Page, origin: str) -> None:
    """No byte for this origin but in localStorage. Before the page is opened: a browser remembers what it gave."""
    session = await page.context.new_cdp_session(page)
    await session.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1})


async def fill_local_storage(page: Page) -> None:
    await page.evaluate(
        """() => {
          for (let size = 1 << 22, n = 0; size >= 1; n += 1) {
            try { localStorage.setItem(`filler:${n}`, "x".repeat(size)); } catch { size = Math.floor(size / 2); }
          }
        }"""
    )
