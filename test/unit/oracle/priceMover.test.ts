import { describe, expect, it } from 'vitest';
import { priceMover, type MovePrice } from '../../../subgraphs/oracle/service.js';
import { format, price } from '../../../subgraphs/shared/units.js';
import { assetPrice } from '../../support/assetPrice.js';

/** A mover over an asset BTC, and the moves that came through. */
function mover(failFirst = false) {
  const moves: string[] = [];
  const movePrice = priceMover({
    has: (assetId) => assetId === 'BTC' || assetId === 'USD',
    move: (assetId, to) => {
      moves.push(`${assetId} ${format(to)}`);
      if (failFirst && moves.length === 1) return Promise.reject(new Error('not kept'));
      return Promise.resolve(assetPrice(assetId, format(to)));
    },
  });
  return { movePrice, moves };
}

const input: MovePrice = { assetId: 'BTC', price: price('62560'), idempotencyKey: 'key-1' };

describe('moving a price', () => {
  it('happens once for a key, and every repeat gets the first answer', async () => {
    const { movePrice, moves } = mover();
    const answers = await Promise.all([movePrice(input), movePrice(input)]);
    answers.push(await movePrice({ ...input, price: price('62560.0') }));

    expect([new Set(answers).size, moves]).toEqual([1, ['BTC 62560']]);
  });

  it('is a conflict when the key came with another input before', async () => {
    const { movePrice, moves } = mover();
    await movePrice(input);

    await expect(movePrice({ ...input, price: price('1') })).rejects.toMatchObject({
      extensions: { code: 'CONFLICT' },
    });
    expect(moves).toEqual(['BTC 62560']);
  });

  it('can be tried again with the same key after it failed', async () => {
    const { movePrice, moves } = mover(true);
    await expect(movePrice(input)).rejects.toThrow('not kept');
    await movePrice(input);

    expect(moves).toEqual(['BTC 62560', 'BTC 62560']);
  });

  it('remembers ten thousand keys and then forgets the oldest', async () => {
    const { movePrice, moves } = mover();
    for (let key = 0; key <= 10_000; key += 1) {
      await movePrice({ ...input, idempotencyKey: `key-${key}` });
    }
    await movePrice({ ...input, idempotencyKey: 'key-1' });
    const remembered = moves.length;
    await movePrice({ ...input, idempotencyKey: 'key-0' });

    expect([remembered, moves.length]).toEqual([10_001, 10_002]);
  });

  it.each([
    { change: { assetId: 'btc' }, argument: 'assetId', because: 'no such ticker' },
    { change: { assetId: 'USD' }, argument: 'assetId', because: 'the dollar is the measure' },
    { change: { price: price('0') }, argument: 'price', because: 'zero' },
    { change: { price: price('-1') }, argument: 'price', because: 'below zero' },
    { change: { price: price('0.0000009') }, argument: 'price', because: 'too small' },
    { change: { price: price('1000000000.01') }, argument: 'price', because: 'too large' },
    { change: { idempotencyKey: '' }, argument: 'idempotencyKey', because: 'empty' },
    {
      change: { idempotencyKey: 'k'.repeat(129) },
      argument: 'idempotencyKey',
      because: 'too long',
    },
  ])('is refused for its $argument: $because', async ({ change, argument }) => {
    const { movePrice, moves } = mover();

    await expect(movePrice({ ...input, ...change })).rejects.toMatchObject({
      extensions: { code: 'BAD_USER_INPUT', argument },
    });
    expect(moves).toEqual([]);
  });
});
