import { bench, describe } from 'vitest';
import {
  assetQuote,
  balance,
  book,
  evaluate,
  linear,
  market,
  venue,
} from '../unit/margin/books.js';

const positionsOf = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    linear({ size: String(index - count / 2 || 1), entry: '60000', id: `position-${index}` }),
  );
const bookOf = (count: number) =>
  book(
    venue({
      positions: positionsOf(count),
      balances: [balance('BTC', '2'), balance('USDT', '250000')],
    }),
  );
const prices = market({ BTC: assetQuote('61000'), USDT: '1' }, { 'deribit:BTC-LINEAR': '61000' });
const [small, large] = [bookOf(20), bookOf(200)];
const text = JSON.stringify(large);

// The exact decimals of a requirement, against what it costs to read such a book at all.
describe('the standard margin of one account', () => {
  bench('reading 200 positions from JSON (baseline)', () => {
    JSON.parse(text);
  });

  bench('20 positions', () => {
    evaluate(small, prices);
  });

  bench('200 positions', () => {
    evaluate(large, prices);
  });
});
