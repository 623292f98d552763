import "../style/base.css";
import "../style/print.css";

import { mount } from "svelte";

import { SessionClient } from "../lib/session-client";
import { keepTranslatedRight } from "../lib/translated";
import { addMessages } from "../messages";
import nl from "../messages/stage.nl.json";
import App from "./App.svelte";
import type { Feed } from "./feed";
import { readStart } from "./start";

addMessages("nl", nl);
const target = document.getElementById("app");
if (target) {
  keepTranslatedRight(target);
  const start = readStart();
  const live = new SessionClient({ code: start.code, as: "stage", lang: start.lang });
  let reachable = false;
  live.subscribe(({ status }) => (reachable = status === "connected"));
  const feed: Feed = {
    subscribe: (run) => live.subscribe(run),
    now: () => live.now(),
    turn: (to) => {
      // A press that had to wait would turn a page that nobody expects any more.
      if (reachable) live.ask("stage.show", to).catch(() => undefined);
    },
  };
  mount(App, { target, props: { start, live: feed } });
  live.start();
}
