import "../style/base.css";
import "../style/print.css";

import { mount } from "svelte";

import { SessionClient } from "../lib/session-client";
import { keepTranslatedRight } from "../lib/translated";
import { addMessages } from "../messages";
import nl from "../messages/console.nl.json";
import App from "./App.svelte";
import Agenda from "./prepare/Page.svelte";
import OnPaper from "./print/Page.svelte";
import { readStart } from "./start";

const PAGES = { console: App, agenda: Agenda, print: OnPaper } as const;

addMessages("nl", nl);
const target = document.getElementById("app");
const start = readStart();
if (target && start) {
  keepTranslatedRight(target);
  const client = new SessionClient({ code: start.code, as: "console", lang: start.lang });
  mount(PAGES[start.page], { target, props: { client, start } });
  client.start();
}
