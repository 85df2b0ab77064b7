import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  crifAmountUsd,
  crifRows,
  crifSensitivity,
  crifText,
  InvalidCrif,
} from '../../../../subgraphs/margin/domain/sensitivity/crif.js';
import { crifAddOns, isAddOn } from '../../../../subgraphs/margin/domain/sensitivity/crifAddOns.js';
import { csvRows, InvalidCsv } from '../../../../subgraphs/margin/domain/sensitivity/csvRows.js';

const noRates = () => null;

describe('crifRows', () => {
  it('reads columns in any order and case, and leaves the others alone', () => {
    const text = [
      'amount_usd,RISKTYPE,Comment,Qualifier,Label1,Bucket,ProductClass,im_model,collect_regulations',
      '-1.5e3,Risk_Equity,"a, b",ISIN:X,2W,residual,Equity,Schedule,"ESA,USPR"',
    ].join('\r\n');

    expect(crifRows(text)).toEqual([
      {
        line: 2,
        tradeId: '',
        portfolioId: '',
        productClass: 'Equity',
        riskType: 'Risk_Equity',
        qualifier: 'ISIN:X',
        bucket: 'Residual',
        label1: '2w',
        label2: '',
        amount: null,
        amountCurrency: '',
        amountUsd: -1500,
        endDate: '',
        marginModel: 'Schedule',
        collectRegulations: ['ESA', 'USPR'],
        postRegulations: [],
      },
    ]);
  });

  it.each([
    ['', 1, null],
    ['Qualifier,Amount\n', 1, 'RiskType'],
    ['RiskType,Qualifier\n', 1, 'Amount'],
    ['RiskType,Qualifier,Amount\nRisk_FX,EUR\n', 2, null],
    ['RiskType,Qualifier,Amount\n\nRisk_FX,EUR,1\n,EUR,1\n', 4, 'RiskType'],
    ['RiskType,Qualifier,Amount\nRisk_FX,EUR,12x\n', 2, 'Amount'],
    ['RiskType,Qualifier,Amount,AmountUSD\nRisk_FX,EUR,1,NaN\n', 2, 'AmountUSD'],
    ['RiskType,Qualifier,Amount\nRisk_FX,E"UR,1\n', 2, null],
  ])('refuses %j, and names line %s and column %s', (text, line, column) => {
    const refused = () => crifRows(text);
    expect(refused).toThrow(InvalidCrif);
    expect(refused).toThrow(expect.objectContaining({ line, column }));
  });

  it('reads back what it writes', () => {
    const text = fc.string({ minLength: 1 }).map((each) => `x${each}x`);
    const rows = fc.array(
      fc.record({
        productClass: fc.constant('Crypto'),
        riskType: fc.constant('Risk_Crypto'),
        qualifier: text,
        bucket: text,
        label1: fc.constantFrom('', '3m'),
        label2: text,
        amount: fc.double({ noNaN: true, noDefaultInfinity: true }).map((each) => each + 0),
      }),
    );
    fc.assert(
      fc.property(rows, (given) => {
        const read = crifRows(crifText(given)).map((row) => crifSensitivity(row, noRates));
        expect(read).toEqual(given);
      }),
    );
  });
});

describe('crifAmountUsd', () => {
  const [row] = crifRows('RiskType,Qualifier,Amount,AmountCurrency\nRisk_FX,EUR,10,EUR\n');
  if (row === undefined) throw new Error('no row');

  it('takes the amount in USD, or else the rate of its currency', () => {
    expect(crifAmountUsd({ ...row, amountUsd: 7 }, noRates)).toBe(7);
    expect(crifAmountUsd(row, (currency) => (currency === 'EUR' ? 1.5 : null))).toBe(15);
    expect(crifAmountUsd({ ...row, amountCurrency: 'USD' }, noRates)).toBe(10);
  });

  it('refuses a currency without a rate, and a row without any amount', () => {
    expect(() => crifAmountUsd(row, noRates)).toThrow('line 2, AmountCurrency: no rate of «EUR»');
    expect(() => crifAmountUsd({ ...row, amount: null }, noRates)).toThrow('line 2, AmountUSD');
  });
});

describe('crifAddOns', () => {
  it('reads multipliers, factors, notionals and amounts, and nothing else', () => {
    const rows = crifRows(
      [
        'RiskType,Qualifier,Amount,AmountCurrency,AmountUSD',
        'Param_ProductClassMultiplier,Equity,1.2,,',
        'Param_AddOnNotionalFactor,Alpha,12.5,,',
        'Notional,Alpha,2,EUR,',
        'Param_AddOnFixedAmount,,,,5',
        'Risk_FX,EUR,1,USD,1',
      ].join('\n'),
    );

    expect(rows.filter(isAddOn)).toHaveLength(4);
    expect(crifAddOns(rows, () => 1.5)).toEqual({
      multipliers: [{ productClass: 'Equity', multiplier: 1.2 }],
      notionalFactors: [{ product: 'Alpha', percent: 12.5 }],
      notionals: [{ product: 'Alpha', amount: 3 }],
      fixedAmounts: [5],
    });
  });

  it('refuses a multiplier without a number', () => {
    const rows = crifRows('RiskType,Qualifier,Amount\nParam_ProductClassMultiplier,Equity,\n');

    expect(() => crifAddOns(rows, noRates)).toThrow('line 2, Amount: empty');
  });
});

describe('csvRows', () => {
  it('reads quotes, commas and lines within fields, and counts lines', () => {
    expect(csvRows('a,"b ""c"",\nd",\n\n,e')).toEqual([
      { line: 1, fields: ['a', 'b "c",\nd', ''] },
      { line: 4, fields: ['', 'e'] },
    ]);
    expect(csvRows('')).toEqual([]);
  });

  it.each(['a,"b', 'a"b,c', '"a"b'])('refuses %j', (text) => {
    expect(() => csvRows(text)).toThrow(InvalidCsv);
  });
});
