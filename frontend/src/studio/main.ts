import "../style/base.css";

import { mount } from "svelte";

import { addMessages } from "../messages";
import nl from "../messages/studio.nl.json";
import App from "./App.svelte";

addMessages("nl", nl);
const target = document.getElementById("app");
if (target) mount(App, { target });
