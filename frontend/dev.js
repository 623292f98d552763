// `make dev`: Vite in front, with hot reload, and the server behind it, which starts again when a file of it changes.
//
// The browser speaks to one address: Vite answers for /static/ from the sources and hands everything else, sockets too,
// to `manage.py serve`. So pages keep their policy of 'self' (cocreation/settings.py says what FRONTEND_DEV relaxes).
import { spawn } from "node:child_process";
import { existsSync, realpathSync, watch } from "node:fs";
import { connect } from "node:net";
import { extname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";

import { createServer } from "vite";

const root = resolve(import.meta.dirname, "..");
const port = Number(process.env.PORT || 8000);
const behind = Number(process.env.DEV_SERVER_PORT || port + 1);
const dataDir = resolve(root, process.env.DATA_DIR || "data");
const python = process.env.PYTHON || join(root, ".venv/bin/python");
const origin = `http://127.0.0.1:${behind}`;

/** What the server is made of. Templates are kept once read, so they count too. */
const FOLDERS = ["sessions", "cocreation", "locale", "docs/guide"];
const RESTART = new Set([".py", ".html", ".toml", ".md", ".json"]);
/** An editor writes a file in several steps, and a checkout many files. */
const SETTLE_MS = 60;
/** At the end; a browser tab that sleeps answers no goodbye. */
const GOODBYE_MS = 500;
const ASK_MS = 20;

/** Has the server's libraries loaded, and forks a server for each line that it is written (scripts/standby.py). */
let standby;
/** The servers that run, by process id, and the one that answers. */
const running = new Map();
let child;
let tellStarted;
let ready = Promise.resolve();
let vite;
let leaving = false;

function prepare() {
  const serve = ["serve", "--host", "127.0.0.1", "--port", String(behind), "--data-dir", dataDir];
  standby = spawn(python, ["-m", "scripts.standby", ...serve], {
    cwd: root,
    stdio: ["pipe", "inherit", "inherit", "pipe"],
    env: {
      ...process.env,
      FRONTEND_DEV: "1",
      PUBLIC_URL: process.env.PUBLIC_URL || `http://localhost:${port}`,
      // As cocreation/start.py wants it; else the program would start itself a second time.
      PORT: String(behind),
      DATA_DIR: dataDir,
      MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX || "2",
    },
  });
  standby.once("exit", () => leaving || process.exit(1));
  createInterface({ input: standby.stdio[3] }).on("line", (line) => {
    const [what, pid] = line.split(" ");
    if (what === "started") return note(Number(pid));
    const ended = running.get(Number(pid));
    running.delete(ended.pid);
    ended.end();
    if (child === ended && !leaving) console.error("The server stopped; the next change starts it again.");
  });
}

function note(pid) {
  const server = { pid };
  server.gone = new Promise((end) => (server.end = end));
  running.set(pid, server);
  tellStarted(server);
}

async function start() {
  child = await new Promise((tell) => {
    tellStarted = tell;
    standby.stdin.write("go\n");
  });
  return listening(child);
}

/** Whether it came so far; false when it ended first, of a syntax error say. */
async function listening(started) {
  while (running.has(started.pid)) {
    if (await answers()) return true;
    await pause(ASK_MS);
  }
  return false;
}

function answers() {
  return new Promise((tell) => {
    const socket = connect(behind, "127.0.0.1");
    socket.once("connect", () => (socket.destroy(), tell(true)));
    socket.once("error", () => tell(false));
  });
}

/** For a restart at once: a killed server loses nothing that was acknowledged, and its pages are loaded anew anyway. */
async function stop(sign) {
  const stopped = child;
  if (!stopped || !running.has(stopped.pid)) return;
  child = undefined;
  kill(stopped.pid, sign);
  if ((await Promise.race([stopped.gone, pause(GOODBYE_MS, "late")])) === "late") kill(stopped.pid, "SIGKILL");
  await stopped.gone;
}

function kill(pid, sign) {
  try {
    process.kill(pid, sign);
  } catch (error) {
    // It ended by itself, and that is on its way to us.
    if (error.code !== "ESRCH") throw error;
  }
}

async function again(changed) {
  const began = performance.now();
  await stop("SIGKILL");
  if ([...changed].some((name) => name.endsWith(".po"))) {
    const compiling = spawn(python, ["-m", "scripts.messages", "compile"], { cwd: root, stdio: "inherit" });
    await new Promise((done) => compiling.once("exit", done));
  }
  if (!(await start())) return;
  console.log(`· Restarted in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  vite.ws.send({ type: "full-reload" });
}

function watchServer() {
  const changed = new Set();
  let timer;
  for (const folder of FOLDERS.filter((name) => existsSync(join(root, name)))) {
    watch(join(root, folder), { recursive: true }, (_, name) => {
      if (!name || name.includes("__pycache__") || !(RESTART.has(extname(name)) || name.endsWith(".po"))) return;
      changed.add(name);
      clearTimeout(timer);
      timer = setTimeout(() => {
        const names = new Set(changed);
        changed.clear();
        // One after the other: what is saved while it starts makes it start once more.
        ready = ready.then(() => again(names)).catch((error) => console.error(error));
      }, SETTLE_MS);
    });
  }
}

/** Ahead of the proxy: a page that is asked for while the server starts waits for it. */
const waitForServer = {
  name: "wait-for-server",
  configureServer(server) {
    server.middlewares.use((request, _response, next) => {
      // Icons have one address for good, which the build gives them (frontend/build.js).
      request.url = request.url.replace(/^\/static\/icons\//, "/static/src/icons/");
      if (request.url.startsWith("/static/")) return next();
      void ready.then(() => next());
    });
  },
};

/** The phone's build has its Dutch in the code (frontend/sentences.js); here it brings a catalogue as the others do. */
const phoneCatalogue = {
  name: "phone-catalogue",
  enforce: "pre",
  transform(code, id) {
    if (!id.endsWith("/src/phone/main.ts")) return null;
    return `import { addMessages } from "../messages"; import nl from "../messages/phone.nl.json"; addMessages("nl", nl);\n${code}`;
  },
};

vite = await createServer({
  clearScreen: false,
  cacheDir: join(root, "build/vite"),
  plugins: [waitForServer, phoneCatalogue],
  // Found before the first page is open, so that no first look loads a page twice.
  optimizeDeps: { entries: ["src/*/main.ts"] },
  server: {
    port,
    strictPort: true,
    host: process.env.HOST || "localhost",
    proxy: { "^/(?!static/)": { target: origin, ws: true, xfwd: false } },
    fs: { allow: [root, realpathSync("node_modules")] },
    warmup: { clientFiles: ["src/*/main.ts"] },
  },
});
prepare();
ready = start().then(() => undefined);
watchServer();
await vite.listen();
await ready;
console.log(
  `\n· Open http://localhost:${port}/ – screens change as you save them, the server restarts by itself. Ctrl-C ends both.`,
);

for (const sign of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.once(sign, async () => {
    leaving = true;
    await Promise.all([stop("SIGTERM"), vite.close()]);
    standby.stdin.end();
    process.exit(0);
  });
}
