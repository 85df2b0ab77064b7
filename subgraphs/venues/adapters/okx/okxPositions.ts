/** OKX's open positions. */

import { isEqual, isLess, negate, quantity, type Quantity } from '../../../shared/units.js';
import type { Position } from '../../contract/venueState.js';
import { refuseRepeats } from '../../kit/distinct.js';
import type { InstrumentListing } from '../../kit/instrumentListing.js';
import type { Notices } from '../../kit/notices.js';
import type { ResponseNode } from '../../kit/responseNode.js';
import { okxInstrument } from './okxInstrument.js';

const TYPES = ['MARGIN', 'SWAP', 'FUTURES', 'OPTION'];
const MARGIN_MODES = ['cross', 'isolated'];
const NONE = quantity('0');

export function okxPositions(
  rows: readonly ResponseNode[],
  listing: InstrumentListing,
  notices: Notices,
): Position[] {
  for (const row of rows) {
    notices.addUnknown(row.field('instType'), TYPES);
    notices.addUnknown(row.field('mgnMode'), MARGIN_MODES);
  }
  refuseRepeats(rows.map((node) => ({ node, key: node.field('posId').text() })));
  const open = rows.filter((row) => !isEqual(signedSize(row), NONE));
  refuseRepeats(open.map((node) => ({ node, key: heldApart(node) })));
  return open.map((row) => openPosition(row, listing)).sort((a, b) => (a.id < b.id ? -1 : 1));
}

function openPosition(row: ResponseNode, listing: InstrumentListing): Position {
  const name = row.field('instId');
  const type = row.field('instType');
  if (type.text() === 'MARGIN') {
    throw type.refusal(`${name.text()} is a spot margin position, which has no contract`);
  }
  const listed = listing.find(name.text());
  if (!listed) {
    throw name.refusal(
      `${name.text()} is not in the instrument listing, and its name does not say its contract value`,
    );
  }
  if (listed.field('instType').text() !== type.text()) {
    throw type.refusal(`${type.text()} contradicts the listing of ${name.text()}`);
  }
  const instrument = okxInstrument(name.text(), listed);
  const isOption = instrument.contractType === 'OPTION';
  const [entry, mark, profit] = [row.field('avgPx'), row.field('markPx'), row.field('upl')];
  return {
    id: row.field('posId').text(),
    instrument,
    size: signedSize(row),
    entryPrice: isOption ? entry.optionPrice() : entry.positivePrice(),
    markPrice: isOption ? mark.optionPrice() : mark.positivePrice(),
    unrealizedPnl: profit.isBlank ? null : profit.quantity(),
  };
}

/** In long/short mode `pos` has no sign and `posSide` gives it; in net mode the sign is the side. */
function signedSize(row: ResponseNode): Quantity {
  const [size, side] = [row.field('pos'), row.field('posSide')];
  const value = size.quantity();
  const said = side.oneOf(['long', 'short', 'net']);
  if (said === 'net') return value;
  if (isLess(value, NONE)) {
    throw size.refusal(`${size.source()} contradicts posSide "${said}", which takes no sign`);
  }
  return said === 'long' ? value : negate(value);
}

/** Two positions may share an instrument only if one of these differs. */
const heldApart = (row: ResponseNode) =>
  ['instId', 'posSide', 'mgnMode', 'ccy']
    .map((name) => row.field(name))
    .map((field) => (field.isBlank ? '' : field.text()))
    .join(' ');
