/**
 * ISOLATED: each position stands alone, without offsets, and one's gains do not pay another's
 * losses. CROSS: one pool of equity against the sum of rule-based requirements. PORTFOLIO: one pool
 * against the risk of the whole.
 */
export type Architecture = 'ISOLATED' | 'CROSS' | 'PORTFOLIO';

export const ARCHITECTURES: readonly Architecture[] = ['ISOLATED', 'CROSS', 'PORTFOLIO'];
