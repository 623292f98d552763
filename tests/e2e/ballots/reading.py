"""What screens and files say of a round, beside what they must say: all differences, not only the first."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import httpx
from playwright.async_api import Locator, expect

from ...conversation import PLAIN
from .. import acts
from ..browser import Screen
from .declared import INTERVALS, Declared, Round, Row
from .evening import BallotEvening

HEADS, EQUAL, APART, CHANGE = (
    "Iedereen telt één keer.",
    "elk even zwaar.",
    "Hoe ver de O’s uit elkaar liggen.",
    "Voor en na.",
)
ABOUT = re.compile(r"( € [\d.]+ ·)? woorden van het team$")
"""What stands behind each text. Prices are compared where they say something: on phones, the console, in a budget."""
CRITERION_COLUMNS = ("group", "criterion", "of", "mean", "mean_balanced", "histogram")
Lines = list[dict[str, str]]


class Reading:
    """One round, on all screens and in the files."""

    def __init__(self, evening: BallotEvening, declared: Declared, round_: Round, *, number: int) -> None:
        self.evening, self.declared, self.round, self.number = evening, declared, round_, number
        self.differences: list[str] = []

    def compare(self, where: str, shown: object, expected: object) -> None:
        if shown != expected:
            self.differences.append(f"{where}, round {self.number}:\n  shown    {shown}\n  expected {expected}")

    async def whole(self) -> list[str]:
        await self.stage()
        for phone, place in ((self.evening.of_w, 0), (self.evening.of_n, 1)):
            await self.phone(phone, place)
        await self.studio()
        await self.files()
        return self.differences

    # -- the projector -------------------------------------------------------------------------------------------

    async def stage(self) -> None:
        wanted = self.round
        shown = await picture(self.evening.stage, 1, HEADS)
        self.compare("picture 1", [tuple(line) for line in shown], list(wanted.heads))
        await self.desk_order([next(part for part in line if part in wanted.items) for line in wanted.heads])
        await expect(self.evening.stage.page.locator(".facts").first).to_contain_text("20 mensen")
        if wanted.equal:
            self.compare(
                "picture 2",
                [tuple(line[:6]) for line in await picture(self.evening.stage, 2, EQUAL)],
                wanted.equal,
            )
            await self.desk()
            shown = await picture(self.evening.stage, 3, APART)
            self.compare("picture 3", {line[0]: line[-1] for line in shown}, wanted.apart)
        if wanted.own:
            await wanted.own(self.evening)
        if not wanted.equal:
            await self.desk()
        if wanted.change:
            shown = await picture(self.evening.stage, self.declared.pictures + 1, CHANGE)
            change = {line[0]: tuple(re.findall(r"\d+(?:,\d)?", line[-1])) for line in shown}
            self.compare("before and after", change, wanted.change)

    # -- phones, console, results page ---------------------------------------------------------------------------

    async def phone(self, phone: Screen, place: int) -> None:
        await expect(phone.page.get_by_text("20 mensen stemden.")).to_be_visible()
        if self.number > 1:
            await expect(phone.page.get_by_text(f"Ronde {self.number}", exact=True)).to_be_visible()
        said = {text: both[place] for text, both in self.round.said.items()}
        rows = [(*row, *filter(None, [said[_text_of(row)]])) for row in self.round.phone]
        await self._rows(f"phone {place}", phone.page.locator("ol > li"), rows)

    async def desk_order(self, texts: Sequence[str]) -> None:
        """On the console, under the first picture."""
        rows = self.evening.console.page.locator("table tbody tr")
        for place, text in enumerate(texts):
            await expect(rows.nth(place)).to_contain_text(text)

    async def desk(self) -> None:
        """On the console, under the picture that the projector shows."""
        shown = re.findall(r"(\d+) van \d", await self.evening.stage.page.locator(".foot .info b").first.inner_text())
        pictures = self.evening.console.page.get_by_role("group", name="Plaatje").get_by_role("button")
        # The console hears of the turn by itself, and maybe later than the projector.
        await expect(pictures.nth(int(shown[0]) - 1)).to_have_attribute("aria-pressed", "true")
        await expect(self.evening.console.page.locator("#results-title")).to_have_text("Uitslag")
        await self._rows("console", self.evening.console.page.locator("table tbody tr"), self.round.desk)

    async def studio(self) -> None:
        page = self.evening.studio.page
        await page.goto(f"/programmes/kennispark/sessions/{self.evening.server.code}/")
        await expect(page.locator("#results-title")).to_be_visible()
        rows = page.get_by_role("region", name="Cijfers", exact=True).locator("tbody tr")
        await self._rows("results page", rows, self.round.studio)
        if self.round.change:
            shown = await acts.read_table(page.get_by_role("region", name="Voor en na, in cijfers"))
            change = {line[0]: tuple(re.findall(r"\d+(?:,\d)?", line[-1])) for line in shown}
            self.compare("before and after on the results page", change, self.round.change)

    async def _rows(self, where: str, rows: Locator, wanted: Sequence[Row]) -> None:
        await expect(rows).to_have_count(len(wanted))
        for place, (shown, row) in enumerate(zip(await acts.read_list(rows), wanted, strict=True), start=1):
            text = plain(shown)
            if missing := [part for part in row if not re.search(rf"(?<![\w,]){re.escape(part)}(?![\w,])", text)]:
                self.differences.append(
                    f"{where}, round {self.number}, row {place}:\n  shown   {text}\n  without {missing}"
                )

    # -- files ---------------------------------------------------------------------------------------------------

    async def files(self) -> None:
        """As the core team has them."""
        server, declared = self.evening.server, self.declared
        core = await server.sign_in("core")
        async with httpx.AsyncClient(verify=PLAIN, base_url=server.base, cookies=core, timeout=60) as client:
            results, votes = [
                self._lines((await client.get(f"/s/{server.code}/export/{name}")).raise_for_status().content)
                for name in ("results.csv", "votes.csv")
            ]
        found = {text: [_cells(line, declared) for line in lines] for text, lines in results.items()}
        for text in {*found, *self.round.results}:
            wanted = self.round.results.get(text, ())
            self.compare(f"results.csv, {text}", found.get(text), list(wanted))
        for line in (line for lines in results.values() for line in lines):
            if not declared.is_people or line["status"] == "too_few":
                interval = "", ""
            else:
                interval = INTERVALS[int(line["heads"]), int(line["of"])]
            where = f"results.csv, interval of {line['heads']} of {line['of']}"
            self.compare(where, (line["low"], line["high"]), interval)
        given = {text: dict(Counter(map(self.declared.mark, lines))) for text, lines in votes.items()}
        for text in {*given, *self.round.votes}:
            self.compare(f"votes.csv, {text}", given.get(text), self.round.votes.get(text))

    def _lines(self, content: bytes) -> Mapping[str, Lines]:
        """The lines of this round, by text."""
        texts = {item: text for text, item in self.evening.items.items()}
        found: dict[str, Lines] = defaultdict(list)
        for line in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")):
            if int(line["round_number"]) == self.number:
                assert line["ballot"] == self.declared.key
                found[texts[line["item"]]].append(line)
        return found


def _cells(line: Mapping[str, str], declared: Declared) -> Row:
    columns = CRITERION_COLUMNS if line["criterion"] else declared.columns
    if not line["criterion"] and line["group"] != "all":
        columns = declared.group_columns
    return tuple(line[name] for name in columns)


def _text_of(row: Row) -> str:
    """Places come before a text."""
    return row[1] if row[0].startswith("Plek ") else row[0]


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


async def picture(stage: Screen, number: int, name: str) -> list[list[str]]:
    """Turn the projector to a picture; return its rows without their empty cells."""
    page = stage.page
    place = page.locator(".foot .info b").first
    await expect(place).to_contain_text(re.compile(r" van \d"))
    await page.keyboard.press(str(number))
    await expect(place).to_contain_text(f"{number} van ")
    await expect(page.get_by_text(name)).to_be_visible()
    return [[ABOUT.sub("", text) for cell in row if (text := plain(cell))] for row in await acts.read_table(page)]
