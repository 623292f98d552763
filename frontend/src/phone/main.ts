import "../style/base.css";
import "./phone.css";

import { mount } from "svelte";

import { chunksOf } from "../ballots/phone";
import { firstChunks, screenChunks } from "../kinds/phone";
import { SessionClient } from "../lib/session-client";
import { MemoryStore } from "../lib/store";
import { keepTranslatedRight } from "../lib/translated";
import { language } from "../messages";
import App from "./App.svelte";
import { expectedBallots, fetchWhenIdle, laterAddresses } from "./chunk.svelte";
import { Phone } from "./phone.svelte";
import { rest } from "./rest";
import { readStart } from "./start";

const target = document.getElementById("app");
const start = readStart();
if (target && start) {
  // Beside the first words with the server.
  for (const chunk of firstChunks) void chunk.fetch();
  keepTranslatedRight(target);
  const { code, person, watch } = start;
  // Whoever only looks keeps nothing on this device.
  const client = new SessionClient({
    ...{ code, as: "phone", lang: language(), person },
    ...(watch !== null && { store: new MemoryStore() }),
  });
  mount(App, { target, props: { phone: new Phone(client, start) } });
  if (watch === null) client.start();
  else void import("./watched").then(({ watchRoom }) => watchRoom(client, { address: watch, target }));
  fetchWhenIdle([rest, ...screenChunks, ...chunksOf(expectedBallots(document))], laterAddresses(document));
  // Only where there is HTTPS; elsewhere a browser has no such thing.
  if (watch === null && "serviceWorker" in navigator) {
    addEventListener("load", () => void navigator.serviceWorker.register("/s/worker.js").catch(() => undefined));
  }
}
