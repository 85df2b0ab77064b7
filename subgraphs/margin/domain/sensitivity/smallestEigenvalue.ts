/** The smallest eigenvalue of a small symmetric matrix, in float64, by Jacobi's rotations. */

/** They converge quadratically: ten are enough for eighty names, more than any table here has. */
const SWEEPS = 16;

/**
 * Infinity of an empty matrix.
 *
 * Source: Golub and Van Loan, "Matrix Computations", §8.5, cyclic Jacobi.
 * @param matrix Square and symmetric, every number finite; left as it is.
 */
export function smallestEigenvalue(matrix: readonly Float64Array[]): number {
  const rows = matrix.map((row) => row.slice());
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (let p = 0; p < rows.length; p++) {
      for (let q = p + 1; q < rows.length; q++) rotate(rows, p, q);
    }
  }
  return Math.min(...rows.map((row, i) => row[i]!));
}

/** Turns the plane of p and q so that their common element becomes zero. */
function rotate(rows: readonly Float64Array[], p: number, q: number): void {
  const shared = rows[p]![q]!;
  if (shared === 0) return;
  const slope = (rows[q]![q]! - rows[p]![p]!) / (2 * shared);
  const tangent = Math.sign(slope || 1) / (Math.abs(slope) + Math.hypot(slope, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  for (const row of rows) {
    const [atP, atQ] = [row[p]!, row[q]!];
    row[p] = cosine * atP - sine * atQ;
    row[q] = sine * atP + cosine * atQ;
  }
  for (let k = 0; k < rows.length; k++) {
    const [atP, atQ] = [rows[p]![k]!, rows[q]![k]!];
    rows[p]![k] = cosine * atP - sine * atQ;
    rows[q]![k] = sine * atP + cosine * atQ;
  }
}
