import { readFileSync } from "node:fs";

const TOKEN = /--(?:basis|cocreation)-[\w-]+/g;

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
