/** A hypothetical change that cannot be made. */
export class ChangeError extends RangeError {
  override readonly name = 'ChangeError';

  /**
   * @param change Its place in the list of changes.
   * @param field Of the change, such as `size`.
   * @param reason What is wrong, such as «must not be zero».
   */
  constructor(
    readonly change: number,
    readonly field: string,
    readonly reason: string,
  ) {
    super(`changes.${change}.${field}: ${reason}`);
  }
}
