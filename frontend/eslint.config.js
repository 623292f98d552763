// What the compiler does not see. Formatting is Prettier's (.prettierrc.json).
import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";

import svelteConfig from "./svelte.config.js";

const KINDS = "/^(welcome|break|collect|vote|question|reveal|discuss|close)$/";
const MESSAGE = "Only a kind's own folder and the registries of src/kinds name it: ask the registry.";
/** `x.kind === "vote"`, `kind !== "vote"`, and a case for it. */
const namesKind = [
  `BinaryExpression[operator=/^[!=]==?$/]:has(:matches(Identifier[name="kind"], MemberExpression[property.name="kind"])) > Literal[value=${KINDS}]`,
  `SwitchStatement:has(> .discriminant:matches(Identifier[name="kind"], MemberExpression[property.name="kind"])) > SwitchCase > Literal[value=${KINDS}]`,
].map((selector) => ({ selector, message: MESSAGE }));

export default ts.config(
  { ignores: ["dist/", "src/**/*.gen.ts", "src/worker/", "src/unstarted.js"] },
  js.configs.recommended,
  ts.configs.recommended,
  svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: [".svelte"], svelteConfig } },
  },
  {
    // The compiler knows all names (svelte-check).
    files: ["src/**"],
    rules: { "no-undef": "off" },
  },
  {
    rules: {
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // Caches and sets that are made anew: a reactive one would draw a screen again for each entry.
      "svelte/prefer-svelte-reactivity": "off",
      // {" "} keeps a space that the compiler would drop.
      "svelte/no-useless-mustaches": "off",
    },
  },
  {
    files: ["src/**"],
    ignores: ["src/kinds/**", "src/**/*.test.ts"],
    rules: { "no-restricted-syntax": ["error", ...namesKind] },
  },
);
