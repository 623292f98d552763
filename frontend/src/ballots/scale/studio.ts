import { boundsOf } from "../graded/numbers";
import { studioOfNumbers } from "../graded/studio";
import type { AnyRules } from "../../lib/wire.gen";
import { scaleRules } from "./marks";

export const studio = studioOfNumbers((rules: AnyRules) => boundsOf(scaleRules(undefined, rules)));
