import { describe, expect, it } from 'vitest';
import {
  confidenceBand,
  priceStatus,
  type AssetPrice,
} from '../../../subgraphs/oracle/domain/publishedPrice.js';
import { format, price } from '../../../subgraphs/shared/units.js';

const published: AssetPrice = {
  assetId: 'BTC',
  price: price('68000'),
  confidence: price('6.8'),
  source: 'demo',
  publishedAt: new Date('2026-11-22T12:00:00.000Z'),
  heartbeatMs: 5_000,
};

describe('priceStatus', () => {
  it.each([
    { ageMs: 0, status: 'OK' },
    { ageMs: 5_000, status: 'OK' },
    { ageMs: 5_001, status: 'STALE' },
    { ageMs: 50_000, status: 'STALE' },
    { ageMs: 50_001, status: 'HALTED' },
  ])('is $status $ageMs ms after it was published with a heartbeat of 5 s', ({ ageMs, status }) => {
    const now = new Date(published.publishedAt.getTime() + ageMs);

    expect(priceStatus(published, now)).toBe(status);
  });
});

describe('confidenceBand', () => {
  it('is a basis point of the price, never less', () => {
    const bands = ['68000', '0.000000000000000001'].map((text) => confidenceBand(price(text)));

    expect(bands.map(format)).toEqual(['6.8', '0.000000000000000001']);
  });
});
