import "../style/base.css";
import "../style/print.css";
import "./studio.css";

import { mount } from "svelte";

import { keepTranslatedRight } from "../lib/translated";
import { addMessages } from "../messages";
import nl from "../messages/studio.nl.json";
import App from "./App.svelte";
import type { Start } from "./types";

addMessages("nl", nl);
const target = document.getElementById("app");
const start = document.getElementById("start");
if (target && start?.textContent) {
  keepTranslatedRight(target);
  mount(App, { target, props: { start: JSON.parse(start.textContent) as Start } });
}
