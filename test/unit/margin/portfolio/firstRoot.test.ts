import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstRoot } from '../../../../subgraphs/margin/domain/portfolio/firstRoot.js';

type Valued = (place: number) => number | null;

/** The root, and the places at which the function was asked for its value, in order. */
function search(valueAt: Valued, places: readonly number[]) {
  const asked: number[] = [];
  const root = firstRoot(
    (place) => {
      asked.push(place);
      return valueAt(place);
    },
    valueAt(1) ?? NaN,
    places,
  );
  return { root, asked };
}

describe('firstRoot', () => {
  it('is null where the function is at least zero at every place', () => {
    expect(search((x) => 3 - x, [1.5, 2, 3])).toEqual({ root: null, asked: [1.5, 2, 3] });
    expect(search((x) => Math.max(0, 1.5 - x), [1.5, 2])).toEqual({ root: null, asked: [1.5, 2] });
    expect(search((x) => x, [])).toEqual({ root: null, asked: [] });
  });

  it('hits the root of a straight line at once, and makes sure just beyond it', () => {
    // From 0.75 at 1 to −0.25 at 2 the line passes zero at 1.75; from 0.5 to −0.125, at 0.5.
    const up = search((x) => 1.75 - x, [2, 4]);
    const down = search((x) => x - 0.5, [0.375, 0.1]);

    expect(up).toEqual({ root: 1.75, asked: [2, 1.75, expect.any(Number)] });
    expect(down).toEqual({ root: 0.5, asked: [0.375, 0.5, expect.any(Number)] });
    // Half of 10⁻¹⁰ of the root further outward.
    expect(((up.asked[2] ?? NaN) - 1.75) / 1.75e-10).toBeCloseTo(0.5, 4);
    expect(((down.asked[2] ?? NaN) - 0.5) / 0.5e-10).toBeCloseTo(-0.5, 4);
  });

  it('closes in from beyond where the line overshoots', () => {
    // 4/x − 2 is 2 at 1 and −1 at 4, so the line passes zero at 3; the root is 2.
    const { root, asked } = search((x) => 4 / x - 2, [4]);

    expect(asked.slice(0, 2)).toEqual([4, 3]);
    expect(((asked[2] ?? NaN) - 3) / 3e-10).toBeCloseTo(-0.5, 4);
    expect(asked[3]).toBeCloseTo(2, 9); // Halfway from 1.
    expect(root).toBeLessThanOrEqual(2);
    expect(root).toBeGreaterThanOrEqual(2 * (1 - 1e-10));
  });

  it('takes a value that is not known for one below zero, and only halves from there', () => {
    const known: Valued = (x) => (x <= 1.625 ? 5 : null);
    const { root, asked } = search(known, [1.5, 2]);

    expect(asked.slice(0, 6)).toEqual([1.5, 2, 1.75, 1.625, 1.6875, 1.65625]);
    expect(root).toBe(1.625);
    // From a width of 0.5 to one of at most 1.625 · 10⁻¹⁰: 32 halvings.
    expect(asked).toHaveLength(2 + 32);
    expect(search(known, [1.6, 3]).root).toBeCloseTo(1.625, 9);
  });

  it('finds a root at one of the places, or where it starts', () => {
    expect(search((x) => 1.5 - x, [1.25, 1.5, 2]).root).toBe(1.5);
    expect(search((x) => 1 - x, [1.25, 2]).root).toBe(1);
    expect(search((x) => x - 1, [0.75, 0.5]).root).toBe(1);
  });

  it('finds the first of several roots that places tell apart', () => {
    // Below zero from 1.25 to 2.5, and from 4 on.
    const wave: Valued = (x) => (x - 1.25) * (x - 2.5) * (4 - x);

    expect(search(wave, [1.1, 2, 3, 5]).root).toBeCloseTo(1.25, 9);
  });

  it('does not look beyond where it is below zero already, however near that is', () => {
    // In steps of float64, of which 10⁻¹⁰ is some 450 000.
    const steps = (count: number) => 1 + count * Number.EPSILON;
    const { root, asked } = search((x) => steps(630_000) - x, [steps(675_000)]);

    // The root is nearer to that place than half of the precision: there is nothing more to ask.
    expect(asked).toEqual([steps(675_000), steps(630_000)]);
    expect(root).toBe(steps(630_000));
  });

  it('gives up after 80 steps where a root is too near nothing, on the safe side of it', () => {
    // The value at 10⁻²⁰⁰ is not known, so that each step asks once, halfway.
    const { root, asked } = search((x) => (x > 1e-100 ? 1 : null), [1e-200]);

    expect(asked).toHaveLength(1 + 80);
    expect(root).toBe(2 ** -80);
  });

  it.each<[string, (distance: number) => number | null, number]>([
    // By the distance that is left to the root, as a share of it; the last: how often it may ask.
    ['a line', (left) => left, 5],
    ['a step', (left) => (left >= 0 ? 1 : -1), 80],
    ['a steep step down', (left) => (left >= 0 ? 1e-30 : -1e30), 80],
    ['a steep step', (left) => (left >= 0 ? 1e30 : -1e-30), 80],
    ['an edge of what is known', (left) => (left >= 0 ? 1 : null), 40],
    ['a root without a slope', (left) => left ** 3, 120],
    ['an exponential', (left) => 1 - Math.exp(-20 * left), 120],
    ['a kink', (left) => (left >= 0 ? left / 1_000 : left), 120],
  ])('is within 10⁻¹⁰ of the root, on its inner side: %s', (_, valued, askedMax) => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.002, max: 90, noNaN: true }).filter((r) => Math.abs(r - 1) > 0.001),
        (root) => {
          const isUp = root > 1;
          const places = isUp ? [1.1, 2, 10, 100] : [0.9, 0.5, 0.1, 0.001];
          const valueAt: Valued = (x) => valued((isUp ? root - x : x - root) / root);
          const found = search(valueAt, places);
          const beyond = found.asked.filter((x) => (valueAt(x) ?? -1) < 0);

          expect(valueAt(found.root ?? NaN)).toBeGreaterThanOrEqual(0);
          // Rounding of float64 comes on top.
          expect(Math.abs((found.root ?? NaN) - root)).toBeLessThanOrEqual(1.001e-10 * root);
          // It has seen a place below zero that near, too, and has asked nowhere twice.
          expect(
            Math.min(...beyond.map((x) => Math.abs(x - (found.root ?? NaN)))),
          ).toBeLessThanOrEqual(1.001e-10 * root);
          expect(new Set(found.asked).size).toBe(found.asked.length);
          expect(found.asked.length).toBeLessThanOrEqual(places.length + askedMax);
        },
      ),
    );
  });
});
