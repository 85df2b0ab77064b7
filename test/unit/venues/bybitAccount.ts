/** Small Bybit accounts, in the shape of the venue's responses. */

export const TIME = 1795183200905; // 2026-11-20T14:00:00.905Z
export const ok = (result: object, time = TIME) =>
  JSON.stringify({ retCode: 0, retMsg: 'OK', result, retExtInfo: {}, time });
export const list = (category: string, rows: unknown[] = []) => ok({ category, list: rows });

export const isolated = {
  accountType: 'UNIFIED',
  totalMarginBalance: '',
  totalInitialMargin: '',
  totalMaintenanceMargin: '',
  accountIMRate: '',
  accountMMRate: '',
  coin: [],
};
export const wallet = (changes: object) => ok({ list: [{ ...isolated, ...changes }] });

export const account = (changes: Readonly<Record<string, string>>) =>
  new Map(
    Object.entries({
      wallet_balance: wallet({}),
      positions_linear_usdt: list('linear'),
      positions_linear_usdc: list('linear'),
      positions_inverse: list('inverse'),
      positions_option: list('option'),
      instruments_linear: list('linear'),
      instruments_inverse: list('inverse'),
      instruments_option: list('option'),
      ...changes,
    }),
  );

export const held = {
  side: 'Sell',
  size: '2',
  avgPrice: '10',
  markPrice: '11',
  unrealisedPnl: '-2',
};
