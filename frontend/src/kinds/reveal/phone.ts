import { Chunk } from "../../phone/chunk.svelte";
import Text from "../../phone/Text.svelte";
import type { PhoneKind, PhoneScreens } from "../phone-kind";

export const phone = {
  screens: Chunk.here<PhoneScreens>({ Open: Text }),
  outcomeOf: (phone, step) => phone.stepOf(step.subject),
} satisfies PhoneKind;
