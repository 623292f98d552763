import { Chunk } from "../../phone/chunk.svelte";
import { revealed, type PhoneKind, type PhoneScreens } from "../phone-kind";

export const phone = {
  screens: new Chunk<PhoneScreens>(async () => ({ Open: (await import("./Break.svelte")).default })),
  outcomeOf: revealed,
} satisfies PhoneKind;
