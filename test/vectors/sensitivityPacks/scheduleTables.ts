/** The expected tables of margin by schedule: by portfolio and side, and by trade. */

import { actualYears } from '../../../subgraphs/margin/domain/sensitivity/actualYears.js';
import {
  crifAmountUsd,
  type CrifRow,
  type UsdRate,
} from '../../../subgraphs/margin/domain/sensitivity/crif.js';
import type { Side } from '../../../subgraphs/margin/domain/sensitivity/measureMargin.js';
import {
  scheduleMargin,
  type ScheduleMargin,
  type ScheduleTrade,
} from '../../../subgraphs/margin/domain/sensitivity/scheduleMargin.js';
import { exact } from '../compare.js';
import type { Comparison, VectorCase } from '../vectorSet.js';
import type { ExpectedTable, PackFolder } from './packFolder.js';
import { printedNumber } from './printedNumber.js';
import { byRegulation } from './regulations.js';
import { scheduleTable } from './scheduleTable.js';

/** What the tables were computed from. */
interface Run {
  readonly rows: readonly CrifRow[];
  readonly asOf: Date;
  readonly rate: UsdRate;
}

interface Trade extends ScheduleTrade {
  readonly id: string;
}

/** A case of each row. Throws when the folder lacks what the table was computed from. */
export function scheduleCases(table: ExpectedTable, folder: PackFolder): readonly VectorCase[] {
  const run = runOf(table, folder);
  const [check, keys] =
    table.kind === 'SCHEDULE'
      ? [portfolioNumbers, ['Portfolio', 'ProductClass', 'Side', 'Regulation']]
      : [tradeNumbers, ['TradeId', 'Portfolio']];
  return table.rows.map((row) => ({
    id: `${table.file} ${keys.map((key) => field(row, key)).join('/')}`,
    check: () => check(row, run),
  }));
}

const field = (row: ReadonlyMap<string, string>, name: string) => row.get(name) ?? '';

/** By the settings whose output starts the table's name, or else the only ones there are. */
function runOf({ file }: ExpectedTable, { settings, crifs, usdRate }: PackFolder): Run {
  const name = file.replace(/^expected_|\.csv$/g, '').toLowerCase();
  const asked = settings.filter(({ kind }) => kind === 'SCHEDULE');
  const found = asked.find(({ output }) => name.startsWith(output.toLowerCase())) ?? asked[0];
  if (found === undefined) throw new Error('no settings say the day of the run');
  const crif =
    crifs.find((each) => each.file === found.crif) ??
    crifs.find(({ rows }) => rows.some(isSchedule));
  if (crif === undefined) throw new Error(`no ${found.crif}`);
  return { rows: crif.rows.filter(isSchedule), asOf: found.asOf, rate: usdRate };
}

const isSchedule = ({ marginModel }: CrifRow) => marginModel === 'Schedule';

function portfolioNumbers(row: ReadonlyMap<string, string>, run: Run): readonly Comparison[] {
  const side = field(row, 'Side') === 'Post' ? 'POST' : 'CALL';
  const rate = rateOf(field(row, 'Currency'), run);
  const [portfolio, product] = [field(row, 'Portfolio'), field(row, 'ProductClass')];
  const number = (column: string, actual: number) =>
    printedNumber(column, field(row, column), actual / rate);
  if (portfolio === 'All') return number('ScheduleIM', ofAllPortfolios(run, side));
  const trades = tradesUnder(run, portfolio, side).get(field(row, 'Regulation'));
  if (trades === undefined) throw new Error('no rows under the regulation');
  if (product !== 'All') {
    const gross = marginOf(
      trades.filter(({ productClass }) => productClass === product),
      side,
    ).grossMargin;
    return ['GrossIM', 'ScheduleIM'].flatMap((column) => number(column, gross));
  }
  const margin = marginOf(trades, side);
  return [
    ...number('GrossIM', margin.grossMargin),
    ...number('GrossCurrentRC', margin.grossReplacementCost),
    ...number('NetCurrentRC', margin.netReplacementCost),
    ...printedNumber('NetToGrossRatio', field(row, 'NetToGrossRatio'), margin.netToGross),
    ...number('ScheduleIM', margin.amount),
  ];
}

function tradeNumbers(row: ReadonlyMap<string, string>, run: Run): readonly Comparison[] {
  const id = field(row, 'TradeId');
  const portfolio = field(row, 'Portfolio');
  const rows = run.rows.filter((each) => each.portfolioId === portfolio && each.tradeId === id);
  const [trade] = tradesOf(rows, run);
  if (trade === undefined) throw new Error(`no trade «${id}»`);
  const rate = rateOf(field(row, 'BaseCurrency'), run);
  const [margin] = marginOf([trade], 'CALL').trades;
  const number = (column: string, actual: number) =>
    printedNumber(column, field(row, column), actual);
  return [
    ...number('Maturity', trade.years),
    exact('Label', field(row, 'Label'), margin?.label ?? ''),
    ...number('Multiplier', margin?.share ?? NaN),
    ...number('Notional(Base)', trade.notional / rate),
    ...number('PV(Base)', trade.presentValue / rate),
    ...number('GrossIM(Base)', (margin?.grossMargin ?? NaN) / rate),
  ];
}

function rateOf(currency: string, { rate }: Run): number {
  const found = currency === 'USD' || currency === '' ? 1 : rate(currency);
  if (found === null) throw new Error(`no rate of ${currency}`);
  return found;
}

const marginOf = (trades: readonly ScheduleTrade[], side: Side): ScheduleMargin =>
  scheduleMargin(trades, scheduleTable, side);

/** Of each portfolio, the regulation that asks most. */
function ofAllPortfolios(run: Run, side: Side): number {
  const portfolios = [...new Set(run.rows.map(({ portfolioId }) => portfolioId))];
  return portfolios.reduce((sum, portfolio) => {
    const margins = [...tradesUnder(run, portfolio, side).values()];
    return sum + Math.max(0, ...margins.map((trades) => marginOf(trades, side).amount));
  }, 0);
}

function tradesUnder(run: Run, portfolio: string, side: Side) {
  const rows = run.rows.filter(({ portfolioId }) => portfolioId === portfolio);
  const regulated = byRegulation(rows, side);
  return new Map([...regulated].map(([name, ofName]) => [name, tradesOf(ofName, run)]));
}

/** A trade without a notional has no margin; one without a value is worth nothing. */
function tradesOf(rows: readonly CrifRow[], { asOf, rate }: Run): readonly Trade[] {
  const ids = [...new Set(rows.map(({ tradeId }) => tradeId))];
  return ids.flatMap((id) => {
    const ofTrade = rows.filter(({ tradeId }) => tradeId === id);
    const notional = ofTrade.find(({ riskType }) => riskType === 'Notional');
    const value = ofTrade.find(({ riskType }) => riskType === 'PV');
    if (notional === undefined) return [];
    return {
      id,
      productClass: notional.productClass,
      years: actualYears(asOf, dayOf(notional)),
      notional: crifAmountUsd(notional, rate),
      presentValue: value === undefined ? 0 : crifAmountUsd(value, rate),
    };
  });
}

/** 2022-08-23 or 23/08/2022. */
function dayOf({ line, endDate }: CrifRow): Date {
  const day = new Date(`${endDate.split('/').reverse().join('-')}T00:00:00Z`);
  if (Number.isNaN(day.getTime())) throw new Error(`line ${line}: no end date «${endDate}»`);
  return day;
}
