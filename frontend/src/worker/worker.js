// The phone's service worker: where there is HTTPS, its page opens without network. It keeps the page of each session
// that this browser joined together with the files that page needs, and nothing else. Scope: /s/, where it lies.
//
// A page is kept only when all of its files are, so a deploy replaces both at once or neither. The network comes first:
// who opens a page with it sees what the server says now.

const PAGES = "cocreation-pages-1";
const FILES = "cocreation-files-1";
const PHONE = /^\/s\/[^/]+\/$/;
const FILE = /^\/static\/assets\//;
/** Timeout of the network; after it the cached page is shown. */
const PATIENCE = 4000;

self.addEventListener("install", () => void self.skipWaiting());

self.addEventListener("activate", (event) => event.waitUntil(begin()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && PHONE.test(url.pathname)) event.respondWith(open(event, url));
  else if (FILE.test(url.pathname)) event.respondWith(fileOf(request));
});

async function begin() {
  for (const name of await caches.keys()) {
    if (name.startsWith("cocreation-") && name !== PAGES && name !== FILES) await caches.delete(name);
  }
  await self.clients.claim();
  // The page that brought this worker was loaded without it.
  for (const client of await self.clients.matchAll({ type: "window" })) {
    const { pathname } = new URL(client.url);
    if (!PHONE.test(pathname)) continue;
    const answer = await fetch(pathname, { redirect: "manual" }).catch(() => null);
    if (answer) await take(pathname, answer);
  }
}

async function open(event, { pathname, search }) {
  const pages = await caches.open(PAGES);
  const kept = await pages.match(pathname, { ignoreVary: true });
  const asked = fetch(event.request).then((answer) => {
    // With a query the server sends to the same page in another language.
    if (search === "") event.waitUntil(take(pathname, answer.clone()).catch(() => undefined));
    return answer;
  });
  if (!kept) return asked;
  const better = asked.then((answer) => (answer.status >= 500 ? kept : answer)).catch(() => kept);
  return Promise.race([better, new Promise((resolve) => setTimeout(resolve, PATIENCE, kept))]);
}

async function fileOf(request) {
  const files = await caches.open(FILES);
  return (await files.match(request, { ignoreVary: true })) ?? fetch(request);
}

/** What the server says of a page: keep it, or forget it when it is not this browser's any more. */
async function take(pathname, answer) {
  const pages = await caches.open(PAGES);
  const isGone = answer.type === "opaqueredirect" || (answer.status >= 400 && answer.status < 500);
  if (isGone) await pages.delete(pathname);
  else if (answer.ok && (await fetchFiles(await answer.clone().text()))) await pages.put(pathname, answer);
  else return;
  await tidy(pages);
}

/** True when every file that the page names is here. */
async function fetchFiles(html) {
  const files = await caches.open(FILES);
  for (const name of named(html)) {
    if (await files.match(name, { ignoreVary: true })) continue;
    const answer = await fetch(name).catch(() => null);
    if (!answer?.ok) return false;
    await files.put(name, answer);
  }
  for (const name of await fontsOf(files, named(html))) {
    if (await files.match(name, { ignoreVary: true })) continue;
    // Only what the page has loaded: a font for letters that nobody wrote stays where it is.
    const answer = await fetch(name, { cache: "only-if-cached", mode: "same-origin" }).catch(() => null);
    if (answer?.ok) await files.put(name, answer);
  }
  return true;
}

/** Forget the files that no kept page needs. */
async function tidy(pages) {
  const files = await caches.open(FILES);
  const needed = new Set();
  for (const page of await pages.keys()) {
    const html = await (await pages.match(page, { ignoreVary: true })).text();
    for (const name of [...named(html), ...(await fontsOf(files, named(html)))]) needed.add(name);
  }
  for (const request of await files.keys()) {
    if (!needed.has(new URL(request.url).pathname)) await files.delete(request);
  }
}

const named = (html) =>
  [...html.matchAll(/(?:href|src|data-later)="(\/static\/assets\/[^"]+)"/g)].flatMap(([, names]) => names.split(" "));

async function fontsOf(files, names) {
  const fonts = [];
  for (const name of names.filter((each) => each.endsWith(".css"))) {
    const style = await files.match(name, { ignoreVary: true });
    if (style) fonts.push(...[...(await style.text()).matchAll(/url\(([^)]+\.woff2)\)/g)].map(([, font]) => font));
  }
  return fonts;
}
