import { describe, expect, it } from 'vitest';
import { cboeRequirement } from '../../../../subgraphs/margin/domain/standard/cboeRequirement.js';
import { ratio, usd } from '../../../../subgraphs/shared/units.js';
import { call, put } from './standardPositions.js';

const rules = {
  source: 'CBOE' as const,
  spot: ratio('0.2'),
  callSpotMin: ratio('0.1'),
  putStrikeMin: ratio('0.1'),
};

const required = (option: ReturnType<typeof call>) =>
  cboeRequirement(option, rules).maintenanceMargin;

describe('the requirement of a short option under Regulation T', () => {
  it('is its premium and 20 % of the underlying, where it is in the money', () => {
    // 100 units of (9 + 0.2 × 100).
    const sold = { units: '-100', mark: '9', index: '100' };

    expect(required(call({ ...sold, strike: '95' }))).toEqual(usd('2900'));
    expect(required(put({ ...sold, strike: '105' }))).toEqual(usd('2900'));
  });

  it('falls with what it is out of the money', () => {
    // 100 units of (1 + 20 − 6).
    const sold = { units: '-100', mark: '1', index: '100' };

    expect(required(call({ ...sold, strike: '106' }))).toEqual(usd('1500'));
    expect(required(put({ ...sold, strike: '94' }))).toEqual(usd('1500'));
  });

  it('falls to 10 % of the underlying for a call, of the strike for a put', () => {
    const sold = { units: '-100', mark: '1', index: '100' };

    expect(required(call({ ...sold, strike: '140' }))).toEqual(usd('1100'));
    expect(required(put({ ...sold, strike: '60' }))).toEqual(usd('700'));
  });

  it('counts what was received, where it costs less now', () => {
    const sold = { units: '-1', index: '100', strike: '100' };

    expect(required(call({ ...sold, mark: '2', entry: '5' }))).toEqual(usd('25'));
    expect(required(call({ ...sold, mark: '5', entry: '2' }))).toEqual(usd('25'));
  });

  it('is one amount, to open and to keep', () => {
    const { initialMargin, maintenanceMargin } = cboeRequirement(
      call({ units: '-1', strike: '100', index: '100' }),
      rules,
    );
    expect(initialMargin).toEqual(maintenanceMargin);
  });
});
