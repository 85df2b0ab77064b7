/** The terms of a contract as a caller gives them, checked. */

import type { InputProblem } from '../../shared/errors.js';
import { isPositive, price, quantity, type Price, type Quantity } from '../../shared/units.js';
import type { Instrument } from '../domain/account/accountBook.js';

/** See `InstrumentInput` in schema.graphql. */
export interface InstrumentInput {
  readonly id: string;
  readonly type: 'LINEAR' | 'INVERSE' | 'OPTION';
  readonly underlying: string;
  readonly priceCurrency: string;
  readonly settlementCurrency?: string | null;
  readonly multiplier?: Quantity | null;
  readonly expiry?: Date | null;
  readonly strike?: Price | null;
  readonly optionType?: 'CALL' | 'PUT' | null;
}

/** Adds every mistake to `problems`; with one, what it returns must not be used. */
export function instrumentTerms(
  input: InstrumentInput,
  path: string,
  problems: InputProblem[],
): Instrument {
  const { id, type, underlying, priceCurrency, strike, optionType, expiry } = input;
  const multiplier = input.multiplier ?? quantity('1');
  const problem = (field: string, message: string) =>
    problems.push({ path: `${path}.${field}`, message });
  if (!isPositive(multiplier)) problem('multiplier', 'must be above zero');
  const paidIn = type === 'INVERSE' ? underlying : priceCurrency;
  const terms = {
    id,
    underlying,
    priceCurrency,
    settlementCurrency: input.settlementCurrency ?? paidIn,
    contractMultiplier: multiplier,
  };
  if (type !== 'OPTION') {
    if (strike) problem('strike', 'only an option has one');
    if (optionType) problem('optionType', 'only an option has one');
    return { ...terms, contractType: type, expiry: expiry ?? null };
  }
  if (!expiry) problem('expiry', 'an option needs it');
  if (!optionType) problem('optionType', 'an option needs it');
  if (!strike) problem('strike', 'an option needs it');
  else if (!isPositive(strike)) problem('strike', 'must be above zero');
  return {
    ...terms,
    contractType: type,
    expiry: expiry ?? new Date(0),
    strike: strike ?? price('0'),
    optionType: optionType ?? 'CALL',
  };
}
