import type { ItemDoc, RoundDoc } from "../../lib/wire.gen";
import type { Phone } from "../../phone/phone.svelte";
import { keepDivision, readDivision, type Division } from "./draft";
import { pointsOf } from "./marks";

/** One person's points on the items of a round. Sent one by one as they are given, or together once all are: until then
 *  they are on this phone alone. */
export class Points {
  #draft: Division | null = $state.raw(null);
  readonly #phone: () => Phone;
  readonly #round: () => RoundDoc;
  readonly #whole: () => boolean;
  readonly #total: () => number;

  readonly sent: Division = $derived.by(() => {
    const marks = this.#phone().marksIn(this.#round().id);
    return new Map([...marks].map(([item, { value }]) => [item, pointsOf(value)]));
  });
  readonly #given: Division = $derived.by(() => this.#draft ?? this.sent);
  readonly left: number = $derived.by(() =>
    Math.max(0, this.#total() - [...this.#given.values()].reduce((sum, points) => sum + points, 0)),
  );
  /** Other than what was sent. */
  readonly isChanged: boolean = $derived.by(() => {
    const items = new Set([...this.#given.keys(), ...this.sent.keys()]);
    return [...items].some((item) => this.of(item) !== (this.sent.get(item) ?? 0));
  });

  constructor(phone: () => Phone, round: () => RoundDoc, whole: () => boolean, total: () => number) {
    this.#phone = phone;
    this.#round = round;
    this.#whole = whole;
    this.#total = total;
    if (whole()) this.#draft = readDivision(phone().start.code, round().id);
  }

  of(item: string): number {
    return this.#given.get(item) ?? 0;
  }

  put(item: ItemDoc, points: number): void {
    if (!this.#whole()) return this.#phone().cast(this.#round(), item, points);
    this.#keep(new Map(this.#given).set(item.id, points));
  }

  /** All of them, or none. */
  send(): void {
    const items = new Set([...this.#given.keys(), ...this.sent.keys()]);
    this.#phone().castAll(
      this.#round(),
      [...items].map((item) => ({ item, value: this.of(item) })),
    );
  }

  #keep(division: Division): void {
    this.#draft = division;
    keepDivision(this.#phone().start.code, this.#round().id, division);
  }
}
