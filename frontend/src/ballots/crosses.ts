import { t, tn } from "../messages";

/** How one chooses on paper; null: as many as one likes. */
export const crossesWords = (most: number | null): string =>
  most === null
    ? t("Put a cross at everything that you choose.")
    : tn("Put a cross at the one that you choose.", "Put a cross at what you choose, at most {n}.", most);
