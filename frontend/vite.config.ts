import { existsSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig, type Plugin } from "vitest/config";

const SCREENS = ["phone", "console", "stage", "studio"] as const;

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** `python -m scripts.messages compile` writes the catalogues; without them a build would stop on a missing
 *  import, which tells a newcomer less than a screen in English does. `messages check` is what fails in CI. */
function catalogues(): Plugin {
  return {
    name: "catalogues",
    config() {
      for (const screen of SCREENS) {
        const file = path(`src/messages/${screen}.nl.json`);
        if (existsSync(file)) continue;
        console.warn(`No Dutch for ${screen}: run "python -m scripts.messages compile" and build again.`);
        writeFileSync(file, "{}\n");
      }
    },
  };
}

export default defineConfig({
  base: "/static/",
  publicDir: false,
  // Short names for what belongs to one component: they stand at every element of the bundle.
  plugins: [catalogues(), svelte({ compilerOptions: { cssHash: ({ hash, css }) => `s${hash(css).slice(0, 5)}` } })],
  build: {
    outDir: "dist",
    manifest: true,
    // With what build.js holds this is Chrome and Edge 94, Firefox 98 and Safari 15.4: so says the page that does not start
    // (sessions/templates/workshop/unstarted.html). To name them here would make the phone 2.5 kB larger: private fields
    // would be written out for the sake of static blocks, which nothing has.
    target: "es2022",
    cssTarget: ["chrome87", "safari14", "firefox85"],
    sourcemap: false,
    // Strict CSP: no script but our files. Every entry is small, so nothing is worth preloading by script.
    modulePreload: { polyfill: false },
    // A font or picture inlined as data: would need a hole in the policy.
    assetsInlineLimit: 0,
  },
  // Svelte's browser build, so that components can be mounted in a test as they are on a phone.
  resolve: process.env["VITEST"] ? { conditions: ["browser"] } : {},
  // Threads start faster than processes, and each file still has its own modules. On two cores the default is one.
  test: { include: ["src/**/*.test.ts"], pool: "threads", maxWorkers: "100%" },
});
