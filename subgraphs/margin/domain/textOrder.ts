/** Compares by code unit, so that an order never depends on the machine's language. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Each text once, in order. */
export const sortedUnique = (texts: readonly string[]): readonly string[] =>
  [...new Set(texts)].sort(byText);
