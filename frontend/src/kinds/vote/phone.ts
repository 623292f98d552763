import { ballotChunks } from "../../ballots/phone";
import { Chunk } from "../../phone/chunk.svelte";
import { revealed, type PhoneKind, type PhoneScreens } from "../phone-kind";

export const phone = {
  screens: new Chunk<PhoneScreens>(async () => (await import("./phone-screens")).screens),
  parts: ballotChunks,
  outcomeOf: (phone, step) => {
    const round = phone.roundOf(step);
    // Another round is prepared while the step is open: what stands there is what came of the one before.
    return round?.closed && round.revealed ? step : revealed(phone, step);
  },
} satisfies PhoneKind;
