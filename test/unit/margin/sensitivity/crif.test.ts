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

  it('trims what stands in a field, and each of its regulations', () => {
    const text = 'RiskType,Qualifier,Amount,Collect Regulations\n Risk_FX ,EUR , 10,"ESA , USPR"\n';

    expect(crifRows(text)).toMatchObject([
      {
        riskType: 'Risk_FX',
        qualifier: 'EUR',
        amount: 10,
        collectRegulations: ['ESA', 'USPR'],
      },
    ]);
  });

  it('takes a byte order mark away before the text, and nowhere else', () => {
    const row = 'Risk_FX,A\uFEFFB,1';

    expect(crifRows(`\uFEFF"RiskType",Qualifier,Amount\n${row}\n`)).toMatchObject([
      { riskType: 'Risk_FX', qualifier: 'A\uFEFFB' },
    ]);
    expect(crifRows(`RiskType,Qualifier,Amount\n${row}\n`)).toMatchObject([
      { riskType: 'Risk_FX', qualifier: 'A\uFEFFB' },
    ]);
  });

  it.each([
    ['', 1, null, 'line 1: no header'],
    ['Qualifier,Amount\n', 1, 'RiskType', 'line 1, RiskType: the column is missing'],
    ['RiskType,Amount\n', 1, 'Qualifier', 'line 1, Qualifier: the column is missing'],
    [
      'RiskType,Qualifier\n',
      1,
      'Amount',
      'line 1, Amount: the column is missing, and AmountUSD too',
    ],
    ['RiskType,Qualifier,Amount\nRisk_FX,EUR\n', 2, null, 'line 2: 2 fields below 3 columns'],
    [
      'RiskType,Qualifier,Amount\n\nRisk_FX,EUR,1\n,EUR,1\n',
      4,
      'RiskType',
      'line 4, RiskType: empty',
    ],
    [
      'RiskType,Qualifier,Amount\nRisk_FX,EUR,12x\n',
      2,
      'Amount',
      'line 2, Amount: not a number: «12x»',
    ],
    [
      'RiskType,Qualifier,Amount,AmountUSD\nRisk_FX,EUR,1,NaN\n',
      2,
      'AmountUSD',
      'line 2, AmountUSD: not a number: «NaN»',
    ],
    ['RiskType,Qualifier,Amount\nRisk_FX,E"UR,1\n', 2, null, 'line 2: not comma-separated'],
  ])('refuses %j, and names line %s and column %s', (text, line, column, message) => {
    const refused = () => crifRows(text);
    expect(refused).toThrow(InvalidCrif);
    expect(refused).toThrow(
      expect.objectContaining({ name: 'InvalidCrif', line, column, message }),
    );
  });

  it('keeps as the cause what the commas and quotes were refused for', () => {
    const expected = { message: 'line 1: a quote inside a field, or one left open' };

    expect(() => crifRows('"RiskType')).toThrow(
      expect.objectContaining({ cause: expect.objectContaining(expected) as unknown }),
    );
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

describe('crifText', () => {
  it('states amounts in USD, and quotes only what must be', () => {
    const row = {
      productClass: 'Crypto',
      riskType: 'Risk_Crypto',
      qualifier: 'a "b", c',
      bucket: 'BTC',
      label1: '3m',
      label2: '',
      amount: -1.5,
    };

    expect(crifText([row])).toBe(
      [
        'ProductClass,RiskType,Qualifier,Bucket,Label1,Label2,Amount,AmountCurrency,AmountUSD',
        'Crypto,Risk_Crypto,"a ""b"", c",BTC,3m,,-1.5,USD,-1.5',
        '',
      ].join('\n'),
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
    expect(() => crifAmountUsd({ ...row, amount: null }, noRates)).toThrow(
      'line 2, AmountUSD: empty, and Amount too',
    );
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

  it('reads a row of one field, and an empty field at the very end', () => {
    expect(csvRows('a\n""\nb')).toEqual([
      { line: 1, fields: ['a'] },
      { line: 3, fields: ['b'] },
    ]);
    expect(csvRows('a,')).toEqual([{ line: 1, fields: ['a', ''] }]);
  });

  it.each([
    ['a,"b', 1],
    ['a"b,c', 1],
    ['a\n"a"b', 2],
  ])('refuses %j, and names line %s', (text, line) => {
    const refused = () => csvRows(text);
    expect(refused).toThrow(InvalidCsv);
    expect(refused).toThrow(
      expect.objectContaining({
        name: 'InvalidCsv',
        line,
        message: `line ${line}: a quote inside a field, or one left open`,
      }),
    );
  });
});
