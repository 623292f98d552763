import type { Done, EditStep, StepDoc } from "../../lib/wire.gen";
import { t } from "../../messages";
import { asChangeOf, changedFields, copyOf, draftOf, isAlike, wrongWith, type Draft } from "../draft";

type Field = keyof Draft;
type Send = (change: EditStep) => Promise<Done>;

/** What the server does not keep of what was typed: spaces at the ends, and several in a row. */
const tidy = (value: unknown): unknown => (typeof value === "string" ? value.replace(/\s+/g, " ").trim() : value);
const isSame = (one: unknown, other: unknown): boolean => isAlike(tidy(one), tidy(other));

/** One step as it is typed into and stored, field by field. What somebody else changed is taken over where nothing was
 *  typed here; where both changed the same field it stands as a conflict, with both, until somebody chooses. The server
 *  refuses a change of a field that is another than was read here, so nothing is written over unseen. */
export class StepEdit {
  readonly step: string;
  draft = $state<Draft>() as Draft;
  /** Fields that somebody else changed while something was typed into them here. */
  conflicts = $state.raw<readonly Field[]>([]);
  /** What keeps the rest from being stored, in words. */
  wrong = $state("");
  busy = $state(false);
  readonly #send: Send;
  /** As it was read: the fields stand here as they were when typing in them began. */
  #base = $state.raw() as Draft;
  #theirs = $state.raw() as Draft;
  /** What was sent and has not come back with the agenda yet. */
  readonly #landing = new Map<Field, unknown>();

  constructor(step: StepDoc, send: Send) {
    this.step = step.id;
    this.#send = send;
    this.#base = draftOf(step);
    this.#theirs = this.#base;
    this.draft = copyOf(this.#base);
  }

  /** The step as the server tells it now. */
  adopt(step: StepDoc): void {
    this.#theirs = draftOf(step);
    this.conflicts = (Object.keys(this.#theirs) as Field[]).filter((field) => this.#meets(field));
  }

  /** Whether a field was changed on both sides. */
  #meets(field: Field): boolean {
    const [base, mine, theirs] = [this.#base[field], this.draft[field], this.#theirs[field]];
    if (isAlike(base, theirs)) return false;
    const untouched = isAlike(base, mine);
    const own = isSame(mine, theirs) || (this.#landing.has(field) && isSame(this.#landing.get(field), theirs));
    if (!untouched && !own) return true;
    this.#take(field, untouched);
    return false;
  }

  #take(field: Field, shown: boolean): void {
    const value = copyOf(this.#theirs[field]);
    this.#base = { ...this.#base, [field]: value };
    this.#landing.delete(field);
    if (shown) this.draft = { ...this.draft, [field]: copyOf(value) };
  }

  theirs(field: Field): Draft[Field] {
    return this.#theirs[field];
  }

  /** What was typed and is not on its way to the server. */
  get unsaved(): Field[] {
    return changedFields(this.draft, this.#base).filter(
      (field) => !(this.#landing.has(field) && isSame(this.#landing.get(field), this.draft[field])),
    );
  }

  /** Something here would be lost if the page were closed now. */
  get isDirty(): boolean {
    return this.busy || this.unsaved.length > 0;
  }

  /** Store what was typed, but for fields in conflict; again until nothing is left. */
  async save(): Promise<void> {
    if (this.busy) return;
    const fields = this.unsaved.filter((field) => !this.conflicts.includes(field));
    this.wrong = fields.length > 0 ? wrongWith(this.draft) : "";
    if (fields.length === 0 || this.wrong) return;
    this.busy = true;
    const change = asChangeOf(this.draft, this.#base, { step: this.step, fields });
    for (const field of fields) this.#landing.set(field, copyOf(this.draft[field]));
    try {
      await this.#send(change);
    } catch (reason) {
      for (const field of fields) this.#landing.delete(field);
      const { code, message } = reason as { code?: string; message?: string };
      // The agenda shows what they wrote, or will in a moment: then both stand here.
      if (code !== "agenda.changed") this.wrong = message || t("That did not work. Try again.");
      return;
    } finally {
      this.busy = false;
    }
    await this.save();
  }

  /** Of a field in conflict: what was typed here goes over what they wrote. */
  keepMine(field: Field): Promise<void> {
    this.#take(field, false);
    this.#endConflict(field);
    return this.save();
  }

  takeTheirs(field: Field): void {
    this.#take(field, true);
    this.#endConflict(field);
  }

  #endConflict(field: Field): void {
    this.conflicts = this.conflicts.filter((other) => other !== field);
  }
}
