import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { PriceBatch } from '../../../subgraphs/oracle/domain/publishedPrice.js';
import { PriceBoard } from '../../../subgraphs/oracle/priceBoard.js';
import { PriceStream } from '../../../subgraphs/oracle/priceStream.js';
import { format } from '../../../subgraphs/shared/units.js';
import { assetPrice, instrumentPrice } from '../../support/assetPrice.js';

const batch = (prices: Readonly<Record<string, string>>): PriceBatch => ({
  assets: Object.entries(prices).map(([id, text]) => assetPrice(id, text)),
  instruments: [],
});

const shown = ({ value }: IteratorResult<PriceBatch, undefined>) =>
  value?.assets.map((one) => `${one.assetId} ${format(one.price)}`);

describe('a price stream', () => {
  it('gives all prices first, then each change to a reader who waits for it', async () => {
    const board = new PriceBoard();
    board.publish({
      assets: [assetPrice('BTC', '1')],
      instruments: [instrumentPrice('okx:BTC', '2')],
    });
    const stream = board.updates();
    const first = await stream.next();
    const waiting = stream.next();
    board.publish(batch({ BTC: '3' }));

    expect([first.value, shown(await waiting)]).toEqual([
      { assets: [assetPrice('BTC', '1')], instruments: [instrumentPrice('okx:BTC', '2')] },
      ['BTC 3'],
    ]);
  });

  it('merges what a slow reader has missed, the latest price of each', async () => {
    const stream = new PriceStream(batch({}), () => undefined);
    stream.push(batch({ BTC: '1', ETH: '1' }));
    stream.push(batch({ BTC: '2' }));
    stream.push(batch({ BTC: '3', SOL: '1' }));

    expect(shown(await stream.next())).toEqual(['BTC 3', 'ETH 1', 'SOL 1']);
  });

  it('ends a reader who waits when its subscriber leaves, and forgets it once', async () => {
    const forget = vi.fn();
    const stream = new PriceStream(batch({}), forget);
    const waiting = stream.next();
    await stream.return();
    await stream.return();
    stream.push(batch({ BTC: '1' }));

    expect([await waiting, await stream.next(), forget.mock.calls.length]).toEqual([
      { done: true, value: undefined },
      { done: true, value: undefined },
      1,
    ]);
  });

  it('is no longer fed by its board after its subscriber has left', async () => {
    const board = new PriceBoard();
    const [one, other] = [board.updates(), board.updates()];
    await one.return();
    const watchers = board.watchers;
    await other.return();

    expect([watchers, board.watchers]).toEqual([1, 0]);
  });
});

describe('a price stream, for any order of writing and reading', () => {
  it('leaves its reader with the latest price of everything', async () => {
    const writes = fc.record({
      id: fc.constantFrom('BTC', 'ETH', 'SOL'),
      text: fc.nat().map(String),
    });
    const actions = fc.array(fc.oneof(writes, fc.constant('read' as const)), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(actions, async (steps) => {
        const stream = new PriceStream(batch({}), () => undefined);
        const written = new Map<string, string>();
        const seen = new Map<string, string>();
        const read = async () => {
          const { value } = await stream.next();
          for (const one of value?.assets ?? []) seen.set(one.assetId, format(one.price));
        };
        const reads: Promise<void>[] = [];
        for (const step of steps) {
          if (step === 'read') reads.push(read());
          else {
            written.set(step.id, step.text);
            stream.push(batch({ [step.id]: step.text }));
          }
        }
        // The last one may have to wait for this.
        stream.push(batch({ END: '0' }));
        written.set('END', '0');
        reads.push(read());
        await stream.return();
        await Promise.all(reads);

        expect(new Map([...seen].sort())).toEqual(new Map([...written].sort()));
      }),
    );
  });
});
