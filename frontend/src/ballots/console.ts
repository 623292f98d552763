/** How each way of voting is set on the console. */
import type { Component } from "svelte";

import type { Draft } from "../console/draft";
import type { BallotKind } from "./ballot";
import dots from "./dots/settings.svelte";

type Settings = Component<{ draft: Draft }, Record<string, never>, "draft">;

export const BallotSettings = { dots } satisfies Record<BallotKind, Settings>;
