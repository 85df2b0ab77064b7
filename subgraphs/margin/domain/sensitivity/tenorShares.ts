/** Spreads a time over the two tenors around it, so that no expiry jumps from one to the next. */

export interface TenorVertex {
  /** Label1, such as 3m. */
  readonly label: string;
  readonly days: number;
}

export interface TenorShare {
  readonly label: string;
  /** In 0…1; the shares sum to 1. */
  readonly share: number;
}

/**
 * Before the first vertex and after the last, that one alone.
 *
 * @param vertices Rising by days, at least one.
 * @param scale What is linear between two vertices: the time, as a basis is, or its inverse, as the
 *   curvature of a vega is.
 */
export function tenorShares(
  days: number,
  vertices: readonly TenorVertex[],
  scale: 'TIME' | 'INVERSE_TIME',
): readonly TenorShare[] {
  const after = vertices.findIndex((vertex) => days < vertex.days);
  if (after === -1) return [{ label: vertices.at(-1)!.label, share: 1 }];
  if (after === 0) return [{ label: vertices[0]!.label, share: 1 }];
  const [low, high] = [vertices[after - 1]!, vertices[after]!];
  const place = (time: number) => (scale === 'TIME' ? time : 1 / time);
  const share = (place(days) - place(low.days)) / (place(high.days) - place(low.days));
  // A vertex hit exactly, and its rounding, is that vertex alone.
  if (share <= 0) return [{ label: low.label, share: 1 }];
  return [
    { label: low.label, share: 1 - share },
    { label: high.label, share },
  ];
}
