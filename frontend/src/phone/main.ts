import "../style/base.css";
import "./phone.css";

import { mount } from "svelte";

import { Live } from "../lib/live";
import { keepTranslatedRight } from "../lib/translated";
import { language } from "../messages";
import App from "./App.svelte";
import { Phone } from "./phone.svelte";
import { rest } from "./rest.svelte";
import { readStart } from "./start";

const target = document.getElementById("app");
const start = readStart();
if (target && start) {
  keepTranslatedRight(target);
  const live = new Live({ code: start.code, as: "phone", lang: language(), person: start.person });
  mount(App, { target, props: { phone: new Phone(live, start) } });
  live.start();
  rest.fetchWhenIdle();
  // Only where there is HTTPS; elsewhere a browser has no such thing.
  if ("serviceWorker" in navigator) {
    addEventListener("load", () => void navigator.serviceWorker.register("/s/worker.js").catch(() => undefined));
  }
}
