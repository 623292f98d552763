import type { Component } from "svelte";

import type { KindScene, SceneProps } from "../stage/scene-props";

/** What draws the scenes that a kind has, by the name of the scene. */
export type StageKind = {
  readonly [K in KindScene["kind"]]?: Component<SceneProps<Extract<KindScene, { readonly kind: K }>>>;
};
