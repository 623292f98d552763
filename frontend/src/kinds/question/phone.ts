import { Chunk } from "../../phone/chunk.svelte";
import { revealed, type PhoneKind, type PhoneScreens } from "../phone-kind";

export const phone = {
  screens: new Chunk<PhoneScreens>(async () => (await import("./phone-screens")).screens),
  outcomeOf: revealed,
} satisfies PhoneKind;
