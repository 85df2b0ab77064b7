import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readDemoMarket } from '../../../subgraphs/oracle/domain/demoMarket.js';

const file = new URL('../../../subgraphs/oracle/demo/market.json', import.meta.url);
const asset = {
  id: 'BTC',
  startPrice: '68000',
  decimals: 1,
  annualVolatility: 0.5,
  reversionSeconds: 240,
};
const future = {
  kind: 'FUTURE',
  id: 'deribit:BTC-PERPETUAL',
  underlying: 'BTC',
  priceCurrency: 'BTC',
  tick: '0.5',
  basis: '-0.0001',
};
const option = {
  kind: 'OPTION',
  id: 'deribit:BTC-31DEC27-70000-C',
  underlying: 'BTC',
  priceCurrency: 'BTC',
  tick: '0.0001',
  optionType: 'CALL',
  strike: '70000',
  expiry: '2027-12-31T08:00:00Z',
  volatility: 0.6,
};

describe('readDemoMarket', () => {
  it('reads the demo’s own market', () => {
    const { assets, instruments } = readDemoMarket(JSON.parse(readFileSync(file, 'utf8')));

    expect([assets.length, instruments.length]).toEqual([15, 12]);
  });

  it.each([
    {
      trouble: 'a price of zero',
      json: { assets: [{ ...asset, startPrice: '0' }], instruments: [] },
      says: 'is not above zero',
    },
    {
      trouble: 'a price that is a number',
      json: { assets: [{ ...asset, startPrice: 68000 }], instruments: [] },
      says: 'assets[0].startPrice',
    },
    {
      trouble: 'a field that it does not know',
      json: { assets: [{ ...asset, drift: 1 }], instruments: [] },
      says: 'drift',
    },
    {
      trouble: 'an asset that is there twice',
      json: { assets: [asset, asset], instruments: [] },
      says: 'BTC is there twice',
    },
    {
      trouble: 'an instrument on something without a price',
      json: { assets: [asset], instruments: [{ ...future, priceCurrency: 'USDT' }] },
      says: 'deribit:BTC-PERPETUAL needs a price of USDT',
    },
    {
      trouble: 'an option without a strike',
      json: { assets: [asset], instruments: [{ ...option, strike: undefined }] },
      says: 'instruments[0].strike',
    },
    {
      trouble: 'an option that is not quoted in coin',
      json: {
        assets: [asset, { ...asset, id: 'USD' }],
        instruments: [{ ...option, priceCurrency: 'USD' }],
      },
      says: 'quoted in USD, not in its underlying',
    },
  ])('refuses $trouble and says where', ({ json, says }) => {
    expect(() => readDemoMarket(json)).toThrow(says);
  });
});
