/** A market of three assets and two instruments. */

import { readDemoMarket } from '../../subgraphs/oracle/domain/demoMarket.js';

const walking = { annualVolatility: 0.5, reversionSeconds: 240 };

export const smallMarket = readDemoMarket({
  assets: [
    { id: 'BTC', startPrice: '68000', decimals: 1, ...walking },
    { id: 'ETH', startPrice: '3600', decimals: 2, ...walking },
    { id: 'USD', startPrice: '1', decimals: 2, annualVolatility: 0, reversionSeconds: 240 },
  ],
  instruments: [
    {
      kind: 'FUTURE',
      id: 'deribit:BTC-PERPETUAL',
      underlying: 'BTC',
      priceCurrency: 'USD',
      tick: '0.5',
      basis: '0',
    },
    {
      kind: 'OPTION',
      id: 'deribit:ETH-31DEC27-4000-C',
      underlying: 'ETH',
      priceCurrency: 'ETH',
      tick: '0.0001',
      optionType: 'CALL',
      strike: '4000',
      expiry: '2027-12-31T08:00:00Z',
      volatility: 0.6,
    },
  ],
});
