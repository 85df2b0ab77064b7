/** An input that no cautious number can be computed from; the message names the field. */
export class RiskInputError extends RangeError {
  override readonly name = 'RiskInputError';

  /**
   * @param field Its path in the RiskBook, such as `BTC.options[3].strike`.
   * @param reason What it should be, such as «must be above zero».
   */
  constructor(
    readonly field: string,
    readonly reason: string,
    readonly value: number,
  ) {
    super(`${field} ${reason}, and is ${value}`);
  }
}
