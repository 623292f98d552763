import { describe, expect, it } from "vitest";

import type { OutboxEntry, CommandName, Commands } from "./entry";
import { aPerson } from "./fixtures";
import { hashPlace, orderItems } from "./order";
import { newestVotes, ownCards, ownMarks, ownSector } from "./own";
import { cleanText, lengthOf } from "./text";

let place = 0;
const entry = <Name extends CommandName>(
  name: Name,
  content: Commands[Name],
  done: OutboxEntry["done"] = null,
): OutboxEntry =>
  ({
    key: `k${(place += 1)}`,
    do: name,
    with: content,
    at: 90_000,
    place,
    person: 7,
    tab: "t",
    error: null,
    done,
  }) as unknown as OutboxEntry;
const card = (id: string, at: number): ReturnType<typeof aPerson>["cards"][number] => ({
  id,
  step: "one",
  pillar: "p1",
  aspect: "both",
  text: id,
  language: "nl",
  hidden: false,
  reason: null,
  fixed: false,
  at,
});
const words = (text: string): Commands["card.write"] => ({ step: "one", text, aspect: "both", lang: "nl" });

describe("own cards", () => {
  it("show what is on its way above what is stored", () => {
    const you = aPerson({ cards: [card("a", 1), card("b", 2)] });
    const write = entry("card.write", words("new"));
    const shown = ownCards(you, { waiting: [write], settling: [] });
    expect(shown.map(({ text, stored }) => [text, stored])).toEqual([
      ["new", false],
      ["b", true],
      ["a", true],
    ]);
    expect(shown[0]?.id).toBe(`@${write.key}`);
  });

  it("change and go at once", () => {
    const you = aPerson({ cards: [card("a", 1), card("b", 2)] });
    const waiting = [entry("card.edit", { card: "a", text: "A" }), entry("card.withdraw", { card: "b" })];
    expect(ownCards(you, { waiting, settling: [] })).toMatchObject([{ id: "a", text: "A", stored: false }]);
  });

  it("stand there once, whichever comes first, the log or the answer", () => {
    const done = { seq: 4, id: "new" };
    const settling = [entry("card.write", words("new"), done)];
    expect(ownCards(aPerson(), { waiting: [], settling })).toMatchObject([{ id: "new", stored: true }]);
    const came = aPerson({ cards: [card("new", 60_000)] });
    expect(ownCards(came, { waiting: [], settling })).toHaveLength(1);
    expect(ownCards(came, { waiting: [entry("card.write", words("new"))], settling: [] })).toHaveLength(1);
  });

  it("are two where the same words were written twice", () => {
    const you = aPerson({ cards: [card("same", 60_000)] });
    const again = entry("card.write", { ...words("same"), aspect: "hardware" });
    expect(ownCards(you, { waiting: [again], settling: [] })).toHaveLength(2);
    const taken = [entry("card.withdraw", { card: "same" }), entry("card.write", words("same"))];
    expect(ownCards(you, { waiting: taken, settling: [] })).toMatchObject([{ text: "same", stored: false }]);
    const twice = [entry("card.write", words("same")), entry("card.write", words("same"))];
    expect(ownCards(you, { waiting: twice, settling: [] })).toHaveLength(2);
  });

  it("keep their name from before they had an id: a form that stands open is the same one", () => {
    const write = entry("card.write", words("new"));
    const name = `@${write.key}`;
    const done = { seq: 4, id: "new" };
    const names = new Map([["new", name]]);
    const came = aPerson({ cards: [card("new", 60_000)] });
    const shown = [
      ownCards(aPerson(), { waiting: [write], settling: [] }),
      ownCards(came, { waiting: [write], settling: [] }),
      ownCards(aPerson(), { waiting: [], settling: [{ ...write, done }] as OutboxEntry[] }),
      ownCards(came, { waiting: [], settling: [], names }),
    ];
    expect(shown.map((cards) => cards.map((card) => card.name))).toEqual([[name], [name], [name], [name]]);
    expect(ownCards(came, { waiting: [], settling: [] })).toMatchObject([{ name: "new" }]);
  });
});

describe("dots that are not stored", () => {
  it("are told by the newest wish for each item of each round", () => {
    const put = (round: string, item: string, value: number) =>
      entry("vote.cast", { round, item, value, tap: place + 1 });
    const [older, other, again, newest] = [put("r", "a", 1), put("r", "b", 1), put("r2", "a", 2), put("r", "a", 0)];
    const told = newestVotes([newest, entry("card.write", words("new")), again, other, older]);
    expect(told.map(({ round, item, value }) => [round, item, value])).toEqual([
      ["r", "a", 0],
      ["r", "b", 1],
      ["r2", "a", 2],
    ]);
  });
});

describe("own dots", () => {
  it("show the newest tap and whether it is stored", () => {
    const you = aPerson({
      votes: [
        { round: "r", item: "i", value: 1, tap: 5 },
        { round: "q", item: "k", value: 1, tap: 1 },
      ],
    });
    const waiting = [
      entry("vote.cast", { round: "r", item: "i", value: 0, tap: 6 }),
      entry("vote.cast", { round: "r", item: "j", value: 2, tap: 7 }),
    ];
    const dots = ownMarks(you, { waiting, settling: [] }, "r");
    expect([...dots]).toMatchObject([
      ["i", { value: 0, stored: false }],
      ["j", { value: 2, stored: false }],
    ]);
  });

  it("show every mark of those that belong together, and of their wishes those that say something", () => {
    const marks = [
      { item: "j", value: 2 },
      { item: "k", value: null },
    ];
    const waiting = [entry("vote.cast", { round: "r", item: "i", value: 1, tap: 6, marks })];
    expect([...ownMarks(aPerson(), { waiting, settling: [] }, "r")]).toMatchObject([
      ["i", { value: 1, stored: false }],
      ["j", { value: 2, stored: false }],
      ["k", { value: null, stored: false }],
    ]);
    expect(newestVotes(waiting).map(({ item, value }) => [item, value])).toEqual([
      ["i", 1],
      ["j", 2],
    ]);
  });

  it("are not overturned by an older tap", () => {
    const you = aPerson({ votes: [{ round: "r", item: "i", value: 1, tap: 5 }] });
    const waiting = [entry("vote.cast", { round: "r", item: "i", value: 0, tap: 4 })];
    expect(ownMarks(you, { waiting, settling: [] }, "r").get("i")).toMatchObject({ value: 1, stored: true });
  });
});

it("an O changes at once", () => {
  const waiting = [entry("sector.change", { sector: "s2" })];
  expect(ownSector(aPerson(), { waiting, settling: [] })).toBe("s2");
});

describe("order", () => {
  it("is by the same hash as in sessions/domain/order.py", () => {
    expect(hashPlace(7, "abcdefghijkl")).toBe(43487983);
    const items = ["a", "b", "c", "d"].map((id) => ({ id }));
    expect(
      orderItems(7, items)
        .map(({ id }) => id)
        .join(""),
    ).toBe("dbca");
    expect(orderItems(8, [...items].reverse())).toEqual(orderItems(8, items));
  });
});

describe("text", () => {
  it("is counted in characters and cleaned of what cannot be stored", () => {
    expect(lengthOf("a😀")).toBe(2);
    expect(cleanText("  a \n b\ud800\u0000😀 ")).toBe("a b😀");
  });
});
