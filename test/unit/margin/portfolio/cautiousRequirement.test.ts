import { describe, expect, it } from 'vitest';
import {
  cautiousRequirement,
  sliceRequirement,
  type Require,
} from '../../../../subgraphs/margin/domain/portfolio/cautiousRequirement.js';
import type { AccountRisk } from '../../../../subgraphs/margin/domain/portfolio/riskBook.js';
import { charge, type Requirement } from '../../../../subgraphs/margin/domain/risk/requirement.js';
import type { RiskBook } from '../../../../subgraphs/margin/domain/risk/riskBook.js';
import { callAt, futureAt, lineOf, riskBookOf, underlyingOf } from './handBook.js';

/** One future at each of venues a, b, c and so on. */
function holding(...quantities: number[]): AccountRisk {
  const book = riskBookOf(
    quantities.map((_, i) => lineOf(venueName(i), 'future')),
    underlyingOf({ futures: quantities.map((quantity, i) => futureAt(i, quantity)) }),
  );
  return { book, unvouchedValues: new Float64Array(quantities.length) };
}

const venueName = (place: number) => 'abcdef'.charAt(place);

const futuresOf = (book: RiskBook) => book.underlyings.flatMap(({ futures }) => futures);

/** Such as «ac» for a book in which the futures of a and c are left. */
const leftIn = (book: RiskBook) =>
  futuresOf(book)
    .map(({ line }) => venueName(line))
    .join('');

/** A scenario of that name, so that a result tells which book it is of. */
const scenariosOf = (left: string) => [{ underlying: left, scenarios: [], worst: null }];

/** A model that says these initial and maintenance margins of what is left, on the first line. */
const requiring =
  (table: Readonly<Record<string, readonly [number, number]>>): Require =>
  (book) => {
    const left = leftIn(book);
    const [initial, maintenance] = table[left] ?? [NaN, NaN];
    const onFirst = (amount: number) =>
      charge({ code: 'MODEL' }, new Float64Array(book.lines.length).with(0, amount));
    return {
      initialMargin: onFirst(initial),
      maintenanceMargin: onFirst(maintenance),
      scenarios: scenariosOf(left),
    };
  };

/** A model that nets: 10 dollars a unit initially, 5 for maintenance, shared out by line. */
const netting: Require = (book) => {
  const futures = futuresOf(book);
  const sign = Math.sign(futures.reduce((net, { quantity }) => net + quantity, 0));
  const rate = (dollars: number) => {
    const shares = new Float64Array(book.lines.length);
    for (const { line, quantity } of futures) shares[line] = dollars * sign * quantity;
    return charge({ code: 'NET' }, shares);
  };
  return {
    initialMargin: rate(10),
    maintenanceMargin: rate(5),
    scenarios: scenariosOf(leftIn(book)),
  };
};

const amountsOf = ({ parts }: Requirement) => parts.map(({ amount }) => amount);

describe('cautiousRequirement without a silent venue', () => {
  it('is what the model says of the book, and nothing more', () => {
    const risk = holding(1, -3);

    expect(cautiousRequirement(risk, [], netting)).toEqual(netting(risk.book));
  });
});

describe('cautiousRequirement with up to four silent venues', () => {
  it('is the largest with and without each of them, at both levels', () => {
    const require = requiring({ abc: [30, 9], ac: [40, 8], ab: [0, 0], a: [10, 7] });
    const { initialMargin, maintenanceMargin, scenarios } = cautiousRequirement(
      holding(1, -1, 3),
      ['b', 'c'],
      require,
    );
    const name = {
      code: 'SILENT_VENUES',
      of: null,
      operation: 'LARGEST',
      detail: 'with or without what they last reported',
    };

    expect(initialMargin).toMatchObject({ ...name, amount: 40 });
    expect(amountsOf(initialMargin)).toEqual([30, 40, 0, 10]);
    expect(maintenanceMargin).toMatchObject({ ...name, amount: 9 });
    expect(amountsOf(maintenanceMargin)).toEqual([9, 8, 0, 7]);
    // Those of the initial margin, which b's being gone decides.
    expect(scenarios).toEqual(scenariosOf('ac'));
  });

  it('is that with the only one where its positions are a loss, and without it where a hedge', () => {
    const loss = cautiousRequirement(holding(1, 2), ['b'], netting);
    const hedge = cautiousRequirement(holding(1, -1), ['b'], netting);

    expect([loss.initialMargin.amount, loss.maintenanceMargin.amount]).toEqual([30, 15]);
    expect(loss.scenarios).toEqual(scenariosOf('ab'));
    expect([hedge.initialMargin.amount, hedge.maintenanceMargin.amount]).toEqual([10, 5]);
    expect(hedge.scenarios).toEqual(scenariosOf('a'));
  });

  it('has its shares from the book that decides', () => {
    const { initialMargin } = cautiousRequirement(holding(1, -1, 3), ['b', 'c'], netting);

    // 1 at a and 3 at c.
    expect(initialMargin.shares).toEqual(Float64Array.of(10, 0, 30));
  });

  it('tries the sixteen choices of four', () => {
    const { initialMargin, scenarios } = cautiousRequirement(
      holding(1, -1, -1, -1, -1),
      ['b', 'c', 'd', 'e'],
      netting,
    );

    // Net −3 when all are there; 1 at most when they are gone.
    expect(initialMargin).toMatchObject({ operation: 'LARGEST', amount: 30 });
    expect(initialMargin.parts).toHaveLength(16);
    expect(scenarios).toEqual(scenariosOf('abcde'));
  });
});

describe('cautiousRequirement with more than four silent venues', () => {
  it('is the rest of the account and each of them alone, added up', () => {
    const { initialMargin, maintenanceMargin, scenarios } = cautiousRequirement(
      holding(1, -1, -2, -3, -4, 5),
      ['b', 'c', 'd', 'e', 'f'],
      netting,
    );
    const name = {
      code: 'SILENT_VENUES',
      of: null,
      operation: 'SUM',
      detail: 'each alone, without netting',
    };

    expect(initialMargin).toMatchObject({ ...name, amount: 160 });
    expect(amountsOf(initialMargin)).toEqual([10, 10, 20, 30, 40, 50]);
    expect(initialMargin.shares).toEqual(Float64Array.of(10, 10, 20, 30, 40, 50));
    expect(maintenanceMargin).toMatchObject({ ...name, amount: 80 });
    expect(amountsOf(maintenanceMargin)).toEqual([5, 5, 10, 15, 20, 25]);
    expect(scenarios).toEqual(scenariosOf('a'));
  });
});

describe('the floors of a requirement', () => {
  const of = (initial: number, maintenance: number) =>
    cautiousRequirement(holding(1), [], requiring({ a: [initial, maintenance] }));

  it('are the maintenance margin for the initial margin', () => {
    expect(of(3, 5).initialMargin).toMatchObject({
      code: 'FLOOR',
      operation: 'LARGEST',
      amount: 5,
      shares: Float64Array.of(5),
      parts: [
        { code: 'MODEL', amount: 3 },
        { code: 'MODEL', amount: 5 },
      ],
    });
    expect(of(3, 5).maintenanceMargin).toMatchObject({ code: 'MODEL', amount: 5 });
  });

  it('are nothing for the maintenance margin', () => {
    const { initialMargin, maintenanceMargin } = of(-1, -2);

    expect(maintenanceMargin).toMatchObject({
      code: 'FLOOR',
      operation: 'LARGEST',
      amount: 0,
      parts: [
        { code: 'MODEL', amount: -2 },
        { code: 'NOTHING', amount: 0 },
      ],
    });
    expect(initialMargin).toMatchObject({
      code: 'FLOOR',
      amount: 0,
      parts: [{ code: 'MODEL', amount: -1 }, { code: 'FLOOR' }],
    });
  });

  it('are not named where the model keeps them, be it just', () => {
    for (const [initial, maintenance] of [
      [5, 3],
      [5, 5],
      [0, 0],
    ] as const) {
      expect(of(initial, maintenance)).toMatchObject({
        initialMargin: { code: 'MODEL', amount: initial },
        maintenanceMargin: { code: 'MODEL', amount: maintenance },
      });
    }
  });
});

describe('values that nobody vouches for', () => {
  /** A future at a, options at b and c, and what of their marks no volatility explains. */
  const withOptions = (...unvouchedValues: number[]): AccountRisk => ({
    book: riskBookOf(
      [lineOf('a', 'future'), lineOf('b', 'call'), lineOf('c', 'call')],
      underlyingOf({ futures: [futureAt(0)], options: [callAt(1), callAt(2)] }),
    ),
    unvouchedValues: Float64Array.from(unvouchedValues),
  });

  it('are required on top of what the model says, at both levels, of the options’ lines', () => {
    const { initialMargin, maintenanceMargin } = cautiousRequirement(
      withOptions(0, 4, 0),
      [],
      netting,
    );
    const unvouched = {
      code: 'UNVOUCHED_VALUE',
      operation: 'LEAF',
      detail: 'what the mark of options without a volatility counts more than their worse bound',
      amount: 4,
      shares: Float64Array.of(0, 4, 0),
    };

    expect(initialMargin).toMatchObject({
      code: 'WITH_UNVOUCHED_VALUE',
      operation: 'SUM',
      amount: 14,
      shares: Float64Array.of(10, 4, 0),
      parts: [{ code: 'NET', amount: 10 }, unvouched],
    });
    expect(maintenanceMargin).toMatchObject({
      code: 'WITH_UNVOUCHED_VALUE',
      amount: 9,
      parts: [{ code: 'NET', amount: 5 }, unvouched],
    });
  });

  it('are not named where there are none', () => {
    const { initialMargin, maintenanceMargin } = cautiousRequirement(
      withOptions(0, 0, 0),
      [],
      netting,
    );

    expect([initialMargin.code, maintenanceMargin.code]).toEqual(['NET', 'NET']);
  });

  it('are those of the options that are left', () => {
    const risk = withOptions(0, 4, 100);
    const amounts = amountsOf(cautiousRequirement(risk, ['c'], netting).initialMargin);

    expect(amounts).toEqual([10 + 104, 10 + 4]);
    expect(sliceRequirement(risk, 'b', netting).initialMargin.amount).toBe(4);
  });
});

describe('sliceRequirement', () => {
  it('is what the model says of the venue alone, in the numbering of the whole', () => {
    const { initialMargin, maintenanceMargin, scenarios } = sliceRequirement(
      holding(1, -3),
      'b',
      netting,
    );

    expect(initialMargin.shares).toEqual(Float64Array.of(0, 30));
    expect(maintenanceMargin.shares).toEqual(Float64Array.of(0, 15));
    expect(scenarios).toEqual(scenariosOf('b'));
  });
});
