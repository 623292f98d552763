import { Chunk } from "../../phone/chunk.svelte";
import Text from "../../phone/Text.svelte";
import { revealed, type PhoneKind, type PhoneScreens } from "../phone-kind";

export const phone = { screens: Chunk.here<PhoneScreens>({ Open: Text }), outcomeOf: revealed } satisfies PhoneKind;
