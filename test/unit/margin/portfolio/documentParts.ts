/** What portfolio documents of tests are made of. */

export const BTC = { asset: 'BTC', price: '70000' };
export const swap = { type: 'LINEAR', underlying: 'BTC', size: '1' };
export const call = {
  type: 'OPTION',
  underlying: 'BTC',
  expiry: '2026-12-25T08:00:00Z',
  strike: '75000',
  optionType: 'CALL',
  size: '-1',
  volatility: '0.6',
};
