/** What was measured, and what it means. */

import { APOLLO, HIVE_RUST, OURS } from './gateways.js';

/** One gateway under one workload. */
export interface Figures {
  readonly requestsPerSecond: number;
  /** Of the requests, those without an answer or with one that is not 200. */
  readonly failedShare: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of the gateway's process alone. */
  readonly cpuMsPerRequest: number;
  /** How many cores it had; below 1, something else on the machine was the limit. */
  readonly cores: number;
  readonly residentMegabytes: number;
  /** While many requests are under way. */
  readonly subgraphCallsPerRequest: number;
  /** Of the subgraph's process that worked most: at 1 the subgraphs are the limit. */
  readonly busiestSubgraphCores: number;
  readonly loadGeneratorCores: number;
}

export function medians(rounds: readonly Figures[]): Figures {
  const [first] = rounds;
  if (!first) throw new Error('Nothing was measured.');
  const keys = Object.keys(first) as (keyof Figures)[];
  return Object.fromEntries(
    keys.map((key) => [key, median(rounds.map((round) => round[key]))]),
  ) as unknown as Figures;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const low = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  const high = sorted[Math.ceil((sorted.length - 1) / 2)] ?? 0;
  return (low + high) / 2;
}

/** By gateway; a line of a table for each. */
export const table = (figures: ReadonlyMap<string, Figures>) =>
  Object.fromEntries(
    [...figures].map(([name, one]) => [
      name,
      {
        'requests/s': Math.round(one.requestsPerSecond),
        'failed %': rounded(one.failedShare * 100, 1),
        'p50 ms': rounded(one.p50Ms, 1),
        'p99 ms': rounded(one.p99Ms, 1),
        'CPU ms/request': rounded(one.cpuMsPerRequest, 3),
        'requests/CPU s': Math.round(1_000 / one.cpuMsPerRequest),
        cores: rounded(one.cores, 2),
        'RSS MB': Math.round(one.residentMegabytes),
        'subgraph calls': rounded(one.subgraphCallsPerRequest, 2),
        'ours: requests/s': ratio(figures, name, ({ requestsPerSecond }) => requestsPerSecond),
        'ours: per CPU s': ratio(figures, name, ({ cpuMsPerRequest }) => 1 / cpuMsPerRequest),
      },
    ]),
  );

const rounded = (value: number, digits: number) => Number(value.toFixed(digits));

/** How many times the other's value ours is. */
function ratio(
  figures: ReadonlyMap<string, Figures>,
  other: string,
  valueOf: (figures: Figures) => number,
): string {
  const value = ratioTo(figures, other, valueOf);
  return value === undefined ? '' : `${value.toFixed(2)} ×`;
}

function ratioTo(
  figures: ReadonlyMap<string, Figures>,
  other: string,
  valueOf: (figures: Figures) => number,
): number | undefined {
  const ours = figures.get(OURS);
  const theirs = figures.get(other);
  return ours && theirs && valueOf(ours) / valueOf(theirs);
}

const CPU_MS_MAX = 0.2;

const RATIO_TARGETS = [
  { other: APOLLO, factor: 8 },
  { other: HIVE_RUST, factor: 2 },
];

/** One line for each target of a workload: what was reached, and whether it is enough. */
export function targetLines(
  figures: ReadonlyMap<string, Figures>,
  hasCpuTarget: boolean,
): string[] {
  const lines = RATIO_TARGETS.flatMap(({ other, factor }) => {
    const perCpu = ratioTo(figures, other, ({ cpuMsPerRequest }) => 1 / cpuMsPerRequest);
    if (perCpu === undefined) return [];
    return [
      `${verdict(perCpu >= factor)} ${perCpu.toFixed(1)} × the requests per CPU second of ${other} (target ${factor} ×)`,
    ];
  });
  const ours = figures.get(OURS);
  if (!hasCpuTarget || !ours) return lines;
  const { cpuMsPerRequest } = ours;
  return [
    ...lines,
    `${verdict(cpuMsPerRequest <= CPU_MS_MAX)} ${cpuMsPerRequest.toFixed(3)} CPU ms a request (target ${CPU_MS_MAX})`,
  ];
}

const verdict = (isMet: boolean) => (isMet ? 'met    ' : 'missed ');
