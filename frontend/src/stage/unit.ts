/** A length on the sheet. */
export const units = (n: number): string => `calc(${n} * var(--cocreation-stage-unit))`;
