/**
 * A venue's answer that cannot be used. The account keeps its last good state, marked STALE, and the
 * message is what clients and venue engineers read as its `problem`.
 */
export class Refusal extends Error {
  constructor(
    readonly venue: string,
    /** Where in the answer, beginning with the response: `positions.result[0].average_price`. */
    readonly path: string,
    /** What is wrong there, and what would be right. */
    readonly reason: string,
  ) {
    super(`${venue} ${path}: ${reason}`);
    this.name = 'Refusal';
  }
}
