import "../style/base.css";

import { mount } from "svelte";

import { Live } from "../lib/live";
import { keepTranslatedRight } from "../lib/translated";
import { addMessages } from "../messages";
import nl from "../messages/stage.nl.json";
import App from "./App.svelte";
import { readStart } from "./start";

addMessages("nl", nl);
const target = document.getElementById("app");
if (target) {
  keepTranslatedRight(target);
  const start = readStart();
  const live = new Live({ code: start.code, as: "stage", lang: start.lang });
  mount(App, { target, props: { start, live } });
  live.start();
}
