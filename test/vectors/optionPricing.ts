/** Published option prices, Greeks and smiles, told apart by what a file holds. */

import { z } from 'zod';
import { black76 } from '../../subgraphs/shared/pricing/black76.js';
import { blackGreeks } from '../../subgraphs/shared/pricing/blackGreeks.js';
import { spotGreeks } from '../../subgraphs/shared/pricing/spotGreeks.js';
import { sviSlice, sviVolatility } from '../../subgraphs/shared/pricing/sviSlice.js';
import { casesOfFiles } from './caseFiles.js';
import { absolute, relative } from './compare.js';
import type { Comparison, VectorCase, VectorSet } from './vectorSet.js';

export const optionPricing: VectorSet = {
  name: 'option-pricing',
  cases: (directory) =>
    casesOfFiles(directory, '.json', (text, file) => {
      const content = anyFile.parse(JSON.parse(text));
      if ('columns' in content) return spotCases(file, spotTable.parse(content));
      const { black76: forwards = [], svi = [] } = forwardFile.parse(content);
      return [
        ...forwards.map((row, index) => forwardCase(`${file} black76[${index}]`, row)),
        ...svi.map((row, index) => smileCase(`${file} svi[${index}]`, row)),
      ];
    }),
};

const anyFile = z.record(z.string(), z.unknown());

/** As lyra-utils has them: options on a forward, in seconds, and smiles, in years. */
const forwardFile = z
  .object({
    black76: z
      .array(
        z
          .object({
            secToExpiry: z.number(),
            vol: z.number(),
            fwd: z.number(),
            strike: z.number(),
            discount: z.number().default(1),
            call: z.number().optional(),
            put: z.number().optional(),
            callDeltaForwardUndiscounted: z.number().optional(),
            tolAbs: z.number().default(1e-12),
          })
          .refine(
            (row) => (row.call ?? row.put ?? row.callDeltaForwardUndiscounted) !== undefined,
            'nothing to compare with',
          ),
      )
      .optional(),
    svi: z
      .array(
        z
          .object({
            tau: z.number(),
            a: z.number(),
            b: z.number(),
            rho: z.number(),
            m: z.number(),
            sigma: z.number(),
            fwd: z.number(),
            strikes: z.array(z.number()).min(1),
            vols: z.array(z.number()),
            tolAbs: z.number().default(1e-12),
          })
          .refine(({ strikes, vols }) => strikes.length === vols.length, 'a vol for each strike'),
      )
      .optional(),
  })
  .refine(({ black76: forwards, svi }) => forwards ?? svi, 'neither columns, black76 nor svi');

type ForwardFile = z.infer<typeof forwardFile>;

function forwardCase(id: string, row: NonNullable<ForwardFile['black76']>[number]): VectorCase {
  const check = () => {
    const option = {
      forward: row.fwd,
      strike: row.strike,
      volatility: row.vol,
      years: row.secToExpiry / SECONDS_PER_YEAR,
      discount: row.discount,
    };
    const { delta } = blackGreeks({ ...option, type: 'CALL' });
    return [
      published('call', row.call, black76({ ...option, type: 'CALL' }), row.tolAbs),
      published('put', row.put, black76({ ...option, type: 'PUT' }), row.tolAbs),
      published('call delta', row.callDeltaForwardUndiscounted, delta / row.discount, row.tolAbs),
    ].flat();
  };
  return { id, check };
}

const SECONDS_PER_YEAR = 365 * 86_400;

function smileCase(id: string, row: NonNullable<ForwardFile['svi']>[number]): VectorCase {
  const check = () => {
    const slice = sviSlice({ ...row, years: row.tau, forward: row.fwd });
    return row.strikes.flatMap((strike, index) =>
      published(
        `volatility at ${strike}`,
        row.vols[index],
        sviVolatility(slice, strike),
        row.tolAbs,
      ),
    );
  };
  return { id, check };
}

/** Nothing where the row leaves the number out. No limit is finer than four float64 steps. */
function published(
  what: string,
  expected: number | undefined,
  actual: number,
  tolerance: number,
): readonly Comparison[] {
  if (expected === undefined) return [];
  const steps = 4 * Number.EPSILON * Math.abs(expected);
  return [absolute(what, expected, actual, Math.max(tolerance, steps))];
}

/** As py_vollib has them: rows of options on a spot, with raw Greeks. */
const spotTable = z
  .object({
    columns: z.array(z.string()),
    data: z.array(z.array(z.number().nullable())),
  })
  .refine(
    ({ columns }) => ['S', 'K', 'R', 't', 'v'].every((name) => columns.includes(name)),
    'columns S, K, R, t and v make an option',
  )
  .refine(
    ({ columns }) => columns.some((name) => /^(bs_call|bs_put|call_vals|[CP][DGTVR])$/.test(name)),
    'no column to compare with',
  )
  .refine(
    ({ columns, data }) => data.every((row) => row.length === columns.length),
    'a row has one number a column',
  );

function spotCases(
  file: string,
  { columns, data }: z.infer<typeof spotTable>,
): readonly VectorCase[] {
  return data.map((row, index) => ({
    id: `${file} data[${index}]`,
    check: () => spotComparisons(new Map(columns.map((name, place) => [name, row[place] ?? null]))),
  }));
}

function spotComparisons(row: ReadonlyMap<string, number | null>): readonly Comparison[] {
  const at = (name: string) => row.get(name) ?? NaN;
  const option = {
    spot: at('S'),
    strike: at('K'),
    rate: at('R'),
    yield: 0,
    years: at('t'),
    volatility: at('v'),
  };
  const call = spotGreeks({ ...option, type: 'CALL' });
  const put = spotGreeks({ ...option, type: 'PUT' });
  const ours = {
    ...{ bs_call: call.value, call_vals: call.value, bs_put: put.value },
    ...{ CD: call.delta, CG: call.gamma, CT: call.theta, CV: call.vega, CR: call.rho },
    ...{ PD: put.delta, PG: put.gamma, PT: put.theta, PV: put.vega, PR: put.rho },
  };
  return Object.entries(ours).flatMap(([column, actual]) => {
    const expected = row.get(column) ?? null;
    return expected === null
      ? []
      : [relative(column, expected, actual, PRINTED_SHARE, SMALLEST_PRINTED)];
  });
}

/** Printed digits limit agreement to it. */
const PRINTED_SHARE = 5e-5;
/** From here down the last printed digit, 1e-10, is a larger share. */
const SMALLEST_PRINTED = 2e-6;
