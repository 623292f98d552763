/** Status lights. Unknown is not shown as well: without a connection only the connection is known. */
import type { ClientView } from "../lib/session-client";
import type { HealthDoc, RoomDoc } from "../lib/wire.gen";
import { number, t, timeOfDay, tn } from "../messages";
import { present } from "./words";

export interface Light {
  readonly light: "dot" | "half" | "circle";
  readonly words: string;
  readonly state: string;
  /** The state need not be read by everybody: the light says it. */
  readonly quiet: boolean;
}

/** A database that takes longer is slow. */
const SLOW_MS = 1000;

type Seen = Pick<ClientView, "status" | "isLate" | "isSlow" | "behind">;

export function lightsOf(view: Seen, room: RoomDoc | null, health: HealthDoc | null): Light[] {
  const known = view.status === "connected" && !view.isLate;
  return [
    serverLight(view, known),
    databaseLight(view, known, health),
    bellLight(known, health),
    phonesLight(view, room, health),
  ];
}

const unknown = (words: string): Light => ({ light: "half", words, state: t("not known"), quiet: true });

function serverLight(view: Seen, known: boolean): Light {
  const words = t("server");
  if (known && view.isSlow) {
    return {
      light: "half",
      words,
      state: t("this network blocks live connections; over HTTP, a little slower"),
      quiet: false,
    };
  }
  if (known) return { light: "dot", words, state: t("well"), quiet: true };
  return { light: "circle", words, state: view.status === "connected" ? t("silent") : t("out of reach"), quiet: false };
}

function databaseLight({ behind }: Seen, known: boolean, health: HealthDoc | null): Light {
  const words = t("database");
  if (!known) return unknown(words);
  if (behind !== null)
    return { light: "circle", words, state: t("away since {time}", { time: timeOfDay(behind) }), quiet: false };
  if (!health) return unknown(words);
  if (!health.storing) return { light: "circle", words, state: t("cannot store"), quiet: false };
  const slowest = Math.max(health.read, health.commit ?? 0);
  if (slowest > SLOW_MS) {
    return {
      light: "half",
      words,
      state: t("slow, up to {n} s", { n: number(Math.ceil(slowest / 1000)) }),
      quiet: false,
    };
  }
  return { light: "dot", words, state: t("well, within {n} ms", { n: number(slowest) }), quiet: true };
}

function bellLight(known: boolean, health: HealthDoc | null): Light {
  const words = t("bell");
  if (!known || !health) return unknown(words);
  if (health.bell === "alone") return { light: "dot", words, state: t("not needed, one process"), quiet: true };
  if (health.bell === "well") return { light: "dot", words, state: t("well"), quiet: true };
  return { light: "half", words, state: t("away, up to 2 s late"), quiet: false };
}

function phonesLight(view: Seen, room: RoomDoc | null, health: HealthDoc | null): Light {
  if (view.status !== "connected" || view.behind !== null || !room) return unknown(t("phones"));
  const { here, joined } = present(room);
  const words = tn("{here} of {n} phone", "{here} of {n} phones", joined, { here: number(here) });
  if (joined === 0) return { light: "dot", words: t("phones"), state: t("none yet"), quiet: true };
  if (joined === here) return { light: "dot", words, state: t("none is silent"), quiet: true };
  return { light: "half", words, state: silent(room, health), quiet: true };
}

/** How many phones are silent, and for how long at least; nothing when there is none. The room's list shows it. */
export function silent(room: RoomDoc, health: HealthDoc | null): string {
  const { here, joined } = present(room);
  if (joined === here) return "";
  return tn("one silent over {s} s", "{n} silent over {s} s", joined - here, { s: health?.silent_after ?? 12 });
}
