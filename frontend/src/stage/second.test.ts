import { afterEach, describe, expect, it } from "vitest";

import { aSnapshot, aStep } from "../lib/fixtures";
import { language, setLanguage } from "../messages";
import { bodyOf, headingOf } from "../projection/heading";
import { inOther, otherLanguage } from "./second";

describe("the second language of the stage", () => {
  afterEach(() => setLanguage("en"));

  it("is the other one than the page's, which stays as it was", () => {
    setLanguage("nl");
    const step = aStep("one", { prompt: { nl: "Wat eerst?", en: "What first?" }, body: { nl: "Lees", en: "Read" } });
    const { session } = aSnapshot();
    const heading = (): string => headingOf({ kind: "prompt", step }, session);
    expect([heading(), inOther(heading)]).toEqual(["Wat eerst?", "What first?"]);
    expect(inOther(() => bodyOf(step))).toBe("Read");
    expect([language(), otherLanguage()]).toEqual(["nl", "en"]);
  });

  it("comes back to the page's when something fails", () => {
    setLanguage("nl");
    const fail = (): never => {
      throw new Error("no");
    };
    expect(() => inOther(fail)).toThrow("no");
    expect(language()).toBe("nl");
  });

  it("reads the same as the first where only one was written: it is not shown twice", () => {
    setLanguage("en");
    const step = aStep("one", { prompt: { nl: "", en: "What first?" } });
    const heading = (): string => headingOf({ kind: "prompt", step }, aSnapshot().session);
    expect(inOther(heading)).toBe(heading());
  });
});
