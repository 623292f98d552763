import "../style/base.css";
import "../style/print.css";

import { mount } from "svelte";

import { Live } from "../lib/live";
import { keepTranslatedRight } from "../lib/translated";
import { addMessages } from "../messages";
import nl from "../messages/console.nl.json";
import App from "./App.svelte";
import { readStart } from "./start";

addMessages("nl", nl);
const target = document.getElementById("app");
const start = readStart();
if (target && start) {
  keepTranslatedRight(target);
  const live = new Live({ code: start.code, as: "console", lang: start.lang });
  mount(App, { target, props: { live, start } });
  live.start();
}
