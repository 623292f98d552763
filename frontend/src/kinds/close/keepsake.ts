import { marksOf } from "../../ballots/marks";
import { t, text } from "../../messages";
import { inputOf } from "../facts";
import type { Phone } from "../../phone/phone.svelte";

/** Everything that a person gave, as text to keep: by step, in the order of the agenda. */
export function keepsakeOf(phone: Phone): string {
  const title = phone.snapshot ? text(phone.snapshot.session.title) : "";
  const steps = [...phone.answered].reverse().flatMap((step) => {
    const cards = phone.cardsOf(step.id).flatMap((card) => (card.text ? [`- ${card.text}`] : []));
    const rounds = inputOf(step) === "marks" ? phone.roundsOf(step) : [];
    const votes = rounds.reverse().flatMap((round) => {
      const { isGiven, say } = marksOf(round);
      const own = phone.marksIn(round.id);
      return round.items.flatMap((item) => {
        const mark = own.get(item.id);
        if (!mark || !isGiven(mark.value)) return [];
        return [`- ${item.hidden ? t("This card is hidden.") : item.text}: ${say(mark.value, round)}`];
      });
    });
    return cards.length + votes.length > 0 ? [[text(step.title), ...cards, ...votes].join("\n")] : [];
  });
  return steps.length > 0 ? [title, ...steps].join("\n\n") : "";
}
