/** The Greeks of a book as sensitivities, line by line. */

import { blackGreeks } from '../../../shared/pricing/blackGreeks.js';
import type {
  ExpiryCurve,
  FutureRisk,
  OptionRisk,
  RiskBook,
  UnderlyingRisk,
} from '../risk/riskBook.js';
import { checkRiskBook } from '../scenario/checkRiskBook.js';
import type { BookSensitivityRules } from './bookSensitivityRules.js';
import type { Sensitivity } from './sensitivity.js';
import { tenorShares, type TenorShare } from './tenorShares.js';

export interface BookSensitivity extends Sensitivity {
  /** Place in the book's lines. */
  readonly line: number;
}

export const CRYPTO = 'Crypto';
/** USD for a rise of 1 % of the spot or forward. */
export const CRYPTO_DELTA = 'Risk_Crypto';
/** The volatility × USD for a rise of 1.00 of it. */
export const CRYPTO_VEGA = 'Risk_CryptoVol';

const SECONDS_PER_DAY = 86_400;
const DAYS_PER_YEAR = 365;

/**
 * In the order of the book. Coins whose price hedges no position have none: their haircut is asked
 * for instead. Theta is none either: time is no gain to count on.
 *
 * Throws RiskInputError or InvalidPricingInput, naming the field, for a number out of its range.
 */
export function bookSensitivities(
  book: RiskBook,
  rules: BookSensitivityRules,
): readonly BookSensitivity[] {
  checkRiskBook(book);
  return book.underlyings.flatMap((underlying) => [
    ...underlying.futures.flatMap((future) => futureRows(future, underlying, rules)),
    ...underlying.options.flatMap((option) => optionRows(option, underlying, rules)),
    ...heldRows(underlying, rules),
  ]);
}

function futureRows(
  future: FutureRisk,
  underlying: UnderlyingRisk,
  rules: BookSensitivityRules,
): readonly BookSensitivity[] {
  const { contract, quantity, mark, pointValue, line, expiry } = future;
  const curve = expiry === null ? null : underlying.expiries[expiry]!;
  const exposure = (contract === 'INVERSE' ? quantity : quantity * mark) * pointValue;
  const moving = curve === null ? 1 : movingShare(curve);
  const tenors = curve === null ? atSpot(rules) : deltaTenors(curve, rules);
  return rowsOf(CRYPTO_DELTA, exposure * moving * PER_CENT, tenors, line, underlying, rules);
}

const PER_CENT = 0.01;

/** The part of the forward that is not settled yet. */
const movingShare = ({ forward, forwardFixed }: ExpiryCurve) => 1 - forwardFixed / forward.price;

function optionRows(
  option: OptionRisk,
  underlying: UnderlyingRisk,
  rules: BookSensitivityRules,
): readonly BookSensitivity[] {
  const { quantity, strike, volatility, isCall, line } = option;
  const curve = underlying.expiries[option.expiry]!;
  const days = curve.seconds / SECONDS_PER_DAY;
  const years = days / DAYS_PER_YEAR;
  const { delta, vega } = blackGreeks({
    type: isCall ? 'CALL' : 'PUT',
    forward: curve.forward.price,
    strike,
    volatility,
    years,
    // No venue pays for a negative rate.
    discount: Math.exp(-Math.max(curve.rate.price, 0) * years),
  });
  const exposure = quantity * delta * curve.forward.price * movingShare(curve);
  const vegaTenors = tenorShares(days, rules.vegaTenors, 'INVERSE_TIME');
  const row = (riskType: string, amount: number, tenors: readonly TenorShare[]) =>
    rowsOf(riskType, amount, tenors, line, underlying, rules);
  return [
    ...row(CRYPTO_DELTA, exposure * PER_CENT, deltaTenors(curve, rules)),
    ...row(CRYPTO_VEGA, quantity * volatility * vega, vegaTenors),
  ];
}

const heldRows = (underlying: UnderlyingRisk, rules: BookSensitivityRules) =>
  underlying.collateral
    .filter(({ isRiskCancelling }) => isRiskCancelling)
    .flatMap(({ line, quantity, price }) => {
      const amount = quantity * price.price * PER_CENT;
      return rowsOf(CRYPTO_DELTA, amount, atSpot(rules), line, underlying, rules);
    });

const atSpot = ({ deltaTenors: [spot] }: BookSensitivityRules): readonly TenorShare[] => [
  { label: spot!.label, share: 1 },
];

const deltaTenors = ({ seconds }: ExpiryCurve, rules: BookSensitivityRules) =>
  tenorShares(seconds / SECONDS_PER_DAY, rules.deltaTenors, 'TIME');

const rowsOf = (
  riskType: string,
  amount: number,
  tenors: readonly TenorShare[],
  line: number,
  { underlying }: UnderlyingRisk,
  rules: BookSensitivityRules,
): readonly BookSensitivity[] =>
  tenors.map(({ label, share }) => ({
    productClass: CRYPTO,
    riskType,
    qualifier: underlying,
    bucket: rules.byTicker.get(underlying) ?? rules.others,
    label1: label,
    label2: '',
    amount: amount * share,
    line,
  }));
