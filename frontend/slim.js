// What the phone's bundle can do without. Each measured in docs/benchmarks.md.

import { readFileSync } from "node:fs";

const TOKEN = /--(?:basis|cocreation)-[\w-]+/g;

/** No page of ours was rendered by a server for Svelte to take over, so the code that would do that is left out: its
 *  one switch is off for good, and the minifier removes what hangs on it. */
export function withoutHydration() {
  return {
    name: "without-hydration",
    enforce: "pre",
    load(id) {
      if (!id.split("?")[0].endsWith("/svelte/src/internal/client/dom/hydration.js")) return null;
      return `
        export const hydrating = false;
        export const hydrate_node = null;
        export const set_hydrating = () => {};
        export const set_hydrate_node = (node) => node;
        export const hydrate_next = () => {};
        export const reset = () => {};
        export const hydrate_template = () => {};
        export const next = () => {};
        export const skip_nodes = () => {};
        export const read_hydration_instruction = () => "";
      `;
    },
  };
}

/** What the phone's screens hold is replaced, never changed inside, so Svelte's code for watching the inside of things is
 *  left out. `$state` with anything but plain values has to be `$state.raw`: the build stops where it is not. */
export function withoutProxies() {
  return [
    {
      name: "without-proxies",
      enforce: "pre",
      load(id) {
        if (!id.split("?")[0].endsWith("/svelte/src/internal/client/proxy.js")) return null;
        return `
          export const proxy = (value) => value;
          export const get_proxied_value = (value) => value;
          export const is = (one, two) => Object.is(one, two);
        `;
      },
    },
    {
      name: "no-proxies-asked-for",
      transform(code, id) {
        if (id.includes("/src/") && /\$\.proxy\(/.test(code)) throw new Error(`${id}: $state.raw, please`);
        return null;
      },
    },
  ];
}

/** Design tokens have speaking names; on the wire they have short ones. A plugin of PostCSS. */
export function shortTokens() {
  const styles = ["tokens", "sectors", "base"].map((name) => readFileSync(`src/style/${name}.css`, "utf8")).join("");
  const names = [...new Set(styles.match(TOKEN))].sort();
  const short = new Map(names.map((name, place) => [name, `--${place.toString(36)}`]));
  const rename = (text) => text.replace(TOKEN, (name) => short.get(name) ?? name);
  return {
    postcssPlugin: "short-tokens",
    // Once, at the end: a declaration that was renamed is not looked at again.
    OnceExit(root) {
      root.walkDecls((declaration) => {
        declaration.prop = rename(declaration.prop);
        declaration.value = rename(declaration.value);
      });
    },
  };
}
