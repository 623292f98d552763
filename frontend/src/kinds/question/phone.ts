import { ballotChunks } from "../../ballots/phone";
import { Chunk } from "../../phone/chunk.svelte";
import { shown, type PhoneKind, type PhoneScreens } from "../phone-kind";

export const phone = {
  screens: new Chunk<PhoneScreens>(async () => (await import("./phone-screens")).screens),
  parts: ballotChunks,
  outcomeOf: shown,
} satisfies PhoneKind;
