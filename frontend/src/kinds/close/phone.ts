import { Chunk } from "../../phone/chunk.svelte";
import type { PhoneKind, PhoneScreens } from "../phone-kind";

export const phone = {
  screens: new Chunk<PhoneScreens>(async () => ({ Open: (await import("./Close.svelte")).default })),
  stays: true,
  outcomeOf: () => undefined,
} satisfies PhoneKind;
