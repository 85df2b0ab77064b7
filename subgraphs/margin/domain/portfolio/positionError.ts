/** A position that no number of a float64 model can stand for. */
export class PositionError extends RangeError {
  override readonly name = 'PositionError';

  /** @param reason What is wrong, such as «its mark is worth nothing in dollars». */
  constructor(
    readonly instrumentId: string,
    readonly reason: string,
  ) {
    super(`${instrumentId}: ${reason}`);
  }
}
