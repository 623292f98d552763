// Each screen is built by itself: shared chunks would make a phone load what only the console uses.
// The manifests become one, which the pages read (sessions/templatetags/bundle.py).
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";

import { build } from "vite";

const out = "dist";
const entries = {
  phone: "src/phone/main.ts",
  console: "src/console/main.ts",
  stage: "src/stage/main.ts",
  studio: "src/studio/main.ts",
  join: "src/join/join.css",
};

rmSync(out, { recursive: true, force: true });
const manifest = {};
for (const [screen, entry] of Object.entries(entries)) {
  const file = `.vite/${screen}.json`;
  await build({
    logLevel: "warn",
    build: { outDir: out, emptyOutDir: false, manifest: file, rollupOptions: { input: { [screen]: entry } } },
  });
  for (const [name, chunk] of Object.entries(JSON.parse(readFileSync(`${out}/${file}`, "utf8")))) {
    if (name in manifest && JSON.stringify(manifest[name]) !== JSON.stringify(chunk)) {
      throw new Error(`Two screens build ${name} differently; it needs a name of its own.`);
    }
    manifest[name] = chunk;
  }
  rmSync(`${out}/${file}`);
}
mkdirSync(`${out}/.vite`, { recursive: true });
writeFileSync(`${out}/.vite/manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);
console.log(`Built ${Object.keys(entries).join(", ")}.`);
