/**
 * How much a book gains when one risk factor moves: the input of the sensitivity-based model, in the
 * words of the CRIF columns.
 */

/** One row. Rows of the same factor are netted by the model. */
export interface Sensitivity {
  /** Product classes are added up, never diversified: RatesFX, Credit, Equity, Commodity, Crypto. */
  readonly productClass: string;
  /** Such as Risk_Equity; says the risk class and whether it is a delta or a vega. */
  readonly riskType: string;
  /** Of what: a currency, an issuer, an underlying. */
  readonly qualifier: string;
  /** The bucket that the row names; empty where the qualifier decides. */
  readonly bucket: string;
  /** Mostly a tenor, such as 3m. */
  readonly label1: string;
  /** Mostly a curve, a currency or a group. */
  readonly label2: string;
  /**
   * USD, positive where the book gains. Deltas per 1 % of the price or 1 basis point of the rate;
   * vegas as the volatility times the gain per 1.00 of volatility, unless the rules scale them.
   */
  readonly amount: number;
}

/** A sensitivity that the rules cannot weigh; the message names what they lack for it. */
export class UnweighableSensitivity extends RangeError {
  override readonly name = 'UnweighableSensitivity';

  constructor(
    readonly sensitivity: Sensitivity,
    problem: string,
  ) {
    const { riskType, qualifier, bucket, label1, label2 } = sensitivity;
    super(`${[riskType, qualifier, bucket, label1, label2].join('/')}: ${problem}`);
  }
}
