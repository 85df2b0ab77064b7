/** Bybit's open positions, over the lists of all categories. */

import { isEqual, negate, quantity, type Price, type Quantity } from '../../../shared/units.js';
import type { Position } from '../../contract/venueState.js';
import { refuseRepeats } from '../../kit/distinct.js';
import type { Notices } from '../../kit/notices.js';
import type { ResponseNode } from '../../kit/responseNode.js';
import type { BybitCategory } from './bybitCategory.js';
import type { BybitInstruments } from './bybitInstruments.js';
import { bybitResult } from './bybitResult.js';

export interface PositionList {
  readonly response: ResponseNode;
  readonly category: BybitCategory;
}

const NONE = quantity('0');
/** The most rows that Bybit puts on a page, and what the requests ask for. */
const PAGE_ROWS = 200;
const STATUSES = ['Normal', 'Liq', 'Adl'];
/** 0 is one-way mode, 1 and 2 the two sides of hedge mode. */
const INDEX_SIDES: Readonly<Record<string, readonly string[]>> = {
  '0': ['Buy', 'Sell'],
  '1': ['Buy'],
  '2': ['Sell'],
};

export function bybitPositions(
  lists: readonly PositionList[],
  instruments: BybitInstruments,
  notices: Notices,
): Position[] {
  const rows = lists.flatMap(({ response, category }) =>
    pageRows(bybitResult(response), category).map((node) => ({ node, category, key: idOf(node) })),
  );
  refuseRepeats(rows);
  for (const { node } of rows) noteStatus(node.field('positionStatus'), notices);
  return rows
    .filter(({ node }) => !isEqual(signedSize(node), NONE))
    .map(({ node, category }) => openPosition(node, category, instruments))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Bybit gives a cursor even after the last page, so only a full page can have another behind it. */
function pageRows(result: ResponseNode, asked: BybitCategory): readonly ResponseNode[] {
  const category = result.field('category');
  if (category.text() !== asked) {
    throw category.refusal(`"${category.text()}" where "${asked}" was asked for`);
  }
  const rows = result.field('list').items();
  const next = result.field('nextPageCursor');
  if (rows.length >= PAGE_ROWS && !next.isBlank) {
    throw next.refusal(`a full page of ${rows.length} positions; more may be on the next one`);
  }
  return rows;
}

function openPosition(
  row: ResponseNode,
  category: BybitCategory,
  instruments: BybitInstruments,
): Position {
  const isOption = category === 'option';
  const [mark, profit] = [row.field('markPrice'), row.field('unrealisedPnl')];
  return {
    id: idOf(row),
    instrument: instruments(row.field('symbol'), category),
    size: signedSize(row),
    entryPrice: entryPrice(row, isOption),
    markPrice: isOption ? mark.optionPrice() : mark.positivePrice(),
    unrealizedPnl: profit.isBlank ? null : profit.quantity(),
  };
}

/**
 * USDC contracts pay their profit into the wallet every eight hours and then count from
 * `sessionAvgPrice`; with `avgPrice` that profit would be counted twice. `entryPrice` is the older name
 * of `avgPrice`.
 */
function entryPrice(row: ResponseNode, isOption: boolean): Price {
  const [session, average, older] = [
    row.field('sessionAvgPrice'),
    row.field('avgPrice'),
    row.field('entryPrice'),
  ];
  const read = (node: ResponseNode) => (isOption ? node.optionPrice() : node.positivePrice());
  if (!session.isBlank) return read(session);
  if (average.isBlank && !older.isBlank) return read(older);
  if (!older.isBlank && !isEqual(read(older), read(average))) {
    throw older.refusal(`${older.source()} contradicts avgPrice ${average.source()}`);
  }
  return read(average);
}

/** `size` has no sign: `side` gives it, and must fit the hedge side that `positionIdx` names. */
function signedSize(row: ResponseNode): Quantity {
  const [size, side] = [row.field('size'), row.field('side')];
  const value = size.nonNegativeQuantity();
  if (isEqual(value, NONE)) return NONE;
  const said = side.oneOf(['Buy', 'Sell']);
  const index = row.field('positionIdx');
  const sides = index.isBlank ? ['Buy', 'Sell'] : INDEX_SIDES[index.source()];
  if (!sides?.includes(said)) {
    throw index.refusal(`positionIdx ${index.source()} contradicts side "${said}"`);
  }
  return said === 'Buy' ? value : negate(value);
}

/** Hedge mode holds two positions of one symbol, told apart by their index. */
function idOf(row: ResponseNode): string {
  const index = row.field('positionIdx');
  return `${row.field('symbol').text()}:${index.isBlank ? '0' : index.source()}`;
}

/** Older responses write the same statuses in lower case. */
function noteStatus(status: ResponseNode, notices: Notices): void {
  const isKnown = (known: string) =>
    !status.isBlank && known.toLowerCase() === status.source().toLowerCase();
  if (!STATUSES.some(isKnown)) notices.addUnknown(status, STATUSES);
}
