/** Refuses a book that holds a number out of its range, so that nothing below can make a NaN of it. */

import type {
  CollateralRisk,
  ExpiryCurve,
  Feed,
  FutureRisk,
  OptionRisk,
  RiskBook,
  UnderlyingRisk,
} from '../risk/riskBook.js';
import { RiskInputError } from './riskInputError.js';

/** Products of four such numbers are still finite in float64. */
const SIZE_MAX = 1e60;

/** Throws RiskInputError with the path of the first number that is out of its range. */
export function checkRiskBook(book: RiskBook): void {
  checkFeed('stable', book.stable);
  for (const underlying of book.underlyings) checkUnderlying(underlying, book.lines.length);
}

function checkUnderlying(underlying: UnderlyingRisk, lineCount: number): void {
  const at = underlying.underlying;
  checkFeed(`${at}.spot`, underlying.spot);
  checkNotNegative(`${at}.priceAgeSeconds`, underlying.priceAgeSeconds);
  checkShare(`${at}.perpetualConfidence`, underlying.perpetualConfidence);
  underlying.returns.forEach((past, i) => checkSize(`${at}.returns[${i}]`, past));
  checkExpiries(at, underlying.expiries);
  const counts = { lines: lineCount, expiries: underlying.expiries.length };
  underlying.futures.forEach((future, i) => checkFuture(`${at}.futures[${i}]`, future, counts));
  underlying.options.forEach((option, i) => checkOption(`${at}.options[${i}]`, option, counts));
  underlying.collateral.forEach((held, i) => checkHeld(`${at}.collateral[${i}]`, held, counts));
}

/** What the places in an exposure may point to. */
interface Counts {
  readonly lines: number;
  readonly expiries: number;
}

function checkExpiries(at: string, expiries: readonly ExpiryCurve[]): void {
  let before = -1;
  expiries.forEach((expiry, i) => {
    const path = `${at}.expiries[${i}]`;
    checkNotNegative(`${path}.seconds`, expiry.seconds);
    check(
      `${path}.seconds`,
      expiry.seconds,
      expiry.seconds > before,
      'must rise from one to the next',
    );
    before = expiry.seconds;
    checkFeed(`${path}.forward`, expiry.forward);
    checkNotNegative(`${path}.forwardFixed`, expiry.forwardFixed);
    const isPart = expiry.forwardFixed <= expiry.forward.price;
    check(`${path}.forwardFixed`, expiry.forwardFixed, isPart, 'must be at most the forward price');
    checkSize(`${path}.rate.price`, expiry.rate.price);
    checkShare(`${path}.rate.confidence`, expiry.rate.confidence);
  });
}

function checkFuture(path: string, future: FutureRisk, counts: Counts): void {
  checkPlace(`${path}.line`, future.line, counts.lines);
  if (future.expiry !== null) checkPlace(`${path}.expiry`, future.expiry, counts.expiries);
  checkSize(`${path}.quantity`, future.quantity);
  checkPositive(`${path}.mark`, future.mark);
  checkPositive(`${path}.pointValue`, future.pointValue);
}

function checkOption(path: string, option: OptionRisk, counts: Counts): void {
  checkPlace(`${path}.line`, option.line, counts.lines);
  checkPlace(`${path}.expiry`, option.expiry, counts.expiries);
  checkSize(`${path}.quantity`, option.quantity);
  checkPositive(`${path}.strike`, option.strike);
  checkNotNegative(`${path}.volatility`, option.volatility);
  checkShare(`${path}.confidence`, option.confidence);
}

function checkHeld(path: string, held: CollateralRisk, counts: Counts): void {
  checkPlace(`${path}.line`, held.line, counts.lines);
  checkSize(`${path}.quantity`, held.quantity);
  checkFeed(`${path}.price`, held.price);
  checkShare(`${path}.maintenanceHaircut`, held.maintenanceHaircut);
  checkShare(`${path}.initialHaircut`, held.initialHaircut);
}

function checkFeed(path: string, { price, confidence }: Feed): void {
  checkPositive(`${path}.price`, price);
  checkShare(`${path}.confidence`, confidence);
}

function checkPositive(path: string, value: number): void {
  checkSize(path, value);
  check(path, value, value > 0, 'must be above zero');
}

function checkNotNegative(path: string, value: number): void {
  checkSize(path, value);
  check(path, value, value >= 0, 'must not be negative');
}

const checkShare = (path: string, value: number) =>
  check(path, value, value >= 0 && value <= 1, 'must be between 0 and 1');

const checkPlace = (path: string, value: number, count: number) =>
  check(path, value, Number.isInteger(value) && value >= 0 && value < count, 'points at nothing');

const checkSize = (path: string, value: number) =>
  check(path, value, Math.abs(value) <= SIZE_MAX, `must be a number of at most ${SIZE_MAX}`);

function check(path: string, value: number, isRight: boolean, reason: string): void {
  if (!isRight) throw new RiskInputError(path, reason, value);
}
