// Each screen is built by itself: shared chunks would make a phone load what only the console uses. The phone, which
// comes over the air, is built once per language. The manifests become one, which the pages read
// (sessions/templatetags/bundle.py).
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

import { build } from "vite";

import { sentences } from "./sentences.js";
import { shortTokens } from "./tokens.js";

const out = "dist";
const entries = {
  "phone-nl": "src/phone/main.ts",
  "phone-en": "src/phone/main.ts",
  console: "src/console/main.ts",
  stage: "src/stage/main.ts",
  studio: "src/studio/main.ts",
  join: "src/join/join.css",
  guide: "src/guide/guide.css",
  receipt: "src/receipt/main.ts",
  gone: "src/gone/main.ts",
  waiting: "src/waiting/main.ts",
};

// The phone's chunks: the first load, what its lazily loaded screens share, and each screen. Left to itself the bundler
// makes a chunk for every set of screens that share something: twice the requests, at six a time over HTTP/1.1.
const groups = [
  { name: "first", tags: ["$initial"], priority: 3 },
  { name: "parts", test: /src\/(parts|lib|phone)\//, minShareCount: 2, priority: 2 },
  { name: "voting", test: /src\/ballots\/(?!graded)/, minShareCount: 2, priority: 1 },
  { name: "graded", test: /src\/ballots\/graded\//, minShareCount: 2 },
];

rmSync(out, { recursive: true, force: true });
const manifest = {};
for (const [screen, entry] of Object.entries(entries)) {
  const file = `.vite/${screen}.json`;
  const [, language] = screen.split("-");
  const dutch = language && JSON.parse(readFileSync("src/messages/phone.nl.json", "utf8"));
  await build({
    logLevel: "warn",
    plugins: language ? [sentences(language === "nl" ? dutch : {})] : [],
    css: { postcss: { plugins: language ? [shortTokens()] : [] } },
    build: {
      outDir: out,
      emptyOutDir: false,
      manifest: file,
      rollupOptions: { input: { [screen]: entry }, output: language ? { codeSplitting: { groups } } : {} },
    },
  });
  const chunks = JSON.parse(readFileSync(`${out}/${file}`, "utf8"));
  const named = (source) => (language && chunks[source].file.endsWith(".js") ? `${source}:${language}` : source);
  for (const [source, chunk] of Object.entries(chunks)) {
    const name = named(source);
    for (const list of ["imports", "dynamicImports"]) if (chunk[list]) chunk[list] = chunk[list].map(named);
    if (name in manifest && JSON.stringify(manifest[name]) !== JSON.stringify(chunk)) {
      throw new Error(`Two screens build ${name} differently; it needs a name of its own.`);
    }
    manifest[name] = chunk;
  }
  rmSync(`${out}/${file}`);
}
// The service worker has one address for good (sessions/views/installable.py); so have the app's icons.
await build({
  logLevel: "warn",
  build: {
    outDir: out,
    emptyOutDir: false,
    manifest: false,
    rollupOptions: { input: "src/worker/worker.js", output: { entryFileNames: "worker.js" } },
  },
});
cpSync("src/icons", `${out}/icons`, { recursive: true });
// As it is written: a browser that knows nothing newer has to understand it.
const unstarted = readFileSync("src/unstarted.js");
const file = `assets/unstarted-${createHash("sha256").update(unstarted).digest("hex").slice(0, 8)}.js`;
writeFileSync(`${out}/${file}`, unstarted);
manifest["src/unstarted.js"] = { file, src: "src/unstarted.js", isEntry: true };
// What goes over the wire: the server hands out the packed file when a browser takes it.
for (const name of readdirSync(`${out}/assets`)) {
  if (!/\.(js|css|svg)$/.test(name)) continue;
  const content = readFileSync(`${out}/assets/${name}`);
  // All that Safari 15.4 lacks of ES2022.
  if (name.endsWith(".js") && /\bstatic\s*\{/.test(content.toString())) throw new Error(`${name} has a static block`);
  writeFileSync(`${out}/assets/${name}.gz`, gzipSync(content, { level: 9 }));
  writeFileSync(`${out}/assets/${name}.br`, brotliCompressSync(content));
}
mkdirSync(`${out}/.vite`, { recursive: true });
writeFileSync(`${out}/.vite/manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);
console.log(`Built ${Object.keys(entries).join(", ")}.`);
