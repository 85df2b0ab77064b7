import type { Requirement } from '../../../../subgraphs/margin/domain/risk/requirement.js';

/** What a requirement comes to, and what its first `count` lines have in it. */
export const amountAndShares = ({ amount, shares }: Requirement, count: number) => ({
  amount,
  shares: [...shares.slice(0, count)],
});
