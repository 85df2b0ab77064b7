/** The first place, outward from 1, at which a function that starts at or above zero falls below it. */

/** Relative to the root. */
const PRECISION = 1e-10;
/** Each step halves the bracket at least, which half as many would make narrow enough. */
const STEPS_MAX = 80;

/**
 * The last place at which the function is still at or above zero, within 10⁻¹⁰ of the root; null
 * where it is so at every one of `places`. A place where it is not known counts as below zero.
 *
 * @param start Its value at 1, at least zero.
 * @param places Outward from 1, above zero.
 */
export function firstRoot(
  valueAt: (place: number) => number | null,
  start: number,
  places: readonly number[],
): number | null {
  let inside = { place: 1, value: start };
  for (const place of places) {
    const value = valueAt(place) ?? -Infinity;
    if (value < 0) return narrowed(valueAt, inside, { place, value });
    inside = { place, value };
  }
  return null;
}

interface End {
  readonly place: number;
  readonly value: number;
}

/** Each step draws a straight line, which is exact where no scenario changes, and then halves. */
function narrowed(
  valueAt: (place: number) => number | null,
  { place: solvent, value }: End,
  breached: End,
): number {
  let [inside, outside]: [End, End] = [{ place: solvent, value }, breached];
  const isNarrow = () =>
    Math.abs(outside.place - inside.place) <= PRECISION * Math.abs(inside.place);
  const probe = (place: number) => {
    const end = { place, value: valueAt(place) ?? -Infinity };
    if (end.value >= 0) inside = end;
    else outside = end;
  };
  for (let step = 0; step < STEPS_MAX && !isNarrow(); step++) {
    const zero = lineZero(inside, outside);
    if (zero !== null) probe(zero);
    // Just beyond a root that the line has hit, so that both ends close in on it.
    const beyond = zero === null ? null : beside(zero, zero === inside.place ? outside : inside);
    if (beyond !== null && isBetween(beyond, inside, outside)) probe(beyond);
    if (!isNarrow()) probe((inside.place + outside.place) / 2);
  }
  return inside.place;
}

/** Null where the line tells nothing: its zero is at an end, or an end is not known. */
function lineZero(inside: End, outside: End): number | null {
  const zero =
    inside.place + ((outside.place - inside.place) * inside.value) / (inside.value - outside.value);
  return isBetween(zero, inside, outside) ? zero : null;
}

const beside = (place: number, { place: toward }: End) =>
  place + Math.sign(toward - place) * (PRECISION / 2) * place;

const isBetween = (place: number, a: End, b: End) =>
  place > Math.min(a.place, b.place) && place < Math.max(a.place, b.place);
