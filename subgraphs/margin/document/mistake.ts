/** Something in a document that cannot be used. */
export interface Mistake {
  /** Such as `positions.3.strike`; `document` for the whole. */
  readonly path: string;
  readonly message: string;
}
