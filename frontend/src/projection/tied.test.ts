import { expect, it } from "vitest";

import { tied } from "./tied";

it("ties ’s to the word behind it, and leaves possessives alone", () => {
  expect(tied("waar je ’s avonds wilt blijven")).toBe("waar je ’s\u00a0avonds wilt blijven");
  expect(tied("'s Avonds")).toBe("'s\u00a0Avonds");
  expect(tied("O’s die verschillen")).toBe("O’s die verschillen");
});
