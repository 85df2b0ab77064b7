/** Small OKX accounts, in the shape of the venue's responses. */

export const ok = (data: unknown[]) => JSON.stringify({ code: '0', data, msg: '' });

export const swap = {
  instType: 'SWAP',
  instId: 'BTC-USDT-SWAP',
  uly: 'BTC-USDT',
  settleCcy: 'USDT',
  ctVal: '0.01',
  ctMult: '1',
  ctValCcy: 'BTC',
  ctType: 'linear',
  expTime: '',
};
export const ethFuture = {
  instType: 'FUTURES',
  instId: 'ETH-USD-210430',
  uly: 'ETH-USD',
  settleCcy: 'ETH',
  ctVal: '10',
  ctMult: '1',
  ctValCcy: 'USD',
  ctType: 'inverse',
  expTime: '1619769600000', // 2021-04-30T08:00Z
};
export const btcOption = {
  instType: 'OPTION',
  instId: 'BTC-USD-271231-70000-P',
  uly: 'BTC-USD',
  settleCcy: 'BTC',
  ctVal: '1',
  ctMult: '0.01',
  ctValCcy: 'BTC',
  ctType: '',
  expTime: '1830240000000', // 2027-12-31T08:00Z
  stk: '70000',
  optType: 'P',
};
export const empty = {
  uTime: '1795183201480',
  adjEq: '',
  imr: '',
  mmr: '',
  mgnRatio: '',
  details: [],
};

export const account = (positions: string, balance = ok([empty])) =>
  new Map([
    ['positions', positions],
    ['balance', balance],
    ['instruments_swap', ok([swap])],
    ['instruments_futures', ok([ethFuture])],
    ['instruments_option', ok([btcOption])],
  ]);

export const held = {
  instType: 'SWAP',
  instId: 'BTC-USDT-SWAP',
  posId: '7',
  posSide: 'net',
  pos: '3',
};
export const priced = {
  ...held,
  avgPx: '67000',
  markPx: '68000',
  upl: '30',
  mgnMode: 'cross',
  ccy: 'USDT',
};
