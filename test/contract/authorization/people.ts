/** Who asks in the matrix, and for which accounts. */

import { ANONYMOUS, type Caller } from '../../../gateway/admission/caller.js';
import { EVERY_ACCOUNT_SCOPE } from '../../../gateway/upstream/signing/tokenCallSigner.js';

export interface TestAccount {
  readonly id: string;
  /** The id that every venue has for it. */
  readonly number: string;
  /** What it holds of USD at each venue; no other account holds as much. */
  readonly dollars: string;
}

const amber = { id: 'acct-amber', number: '7101', dollars: '2101.000111' };
const birch = { id: 'acct-birch', number: '7202', dollars: '2202.000222' };
const cedar = { id: 'acct-cedar', number: '7303', dollars: '2303.000333' };

export const ACCOUNTS: readonly TestAccount[] = [amber, birch, cedar];
/** There is none like it. */
export const UNKNOWN: TestAccount = { id: 'acct-nobody', number: '7909', dollars: '' };

export const nameOf = ({ id }: TestAccount) => `Book of ${id}`;
export const ownerOf = ({ id }: TestAccount) => `Owner of ${id}`;
export const venueAccountId = (slug: string, { number }: TestAccount) => `${slug}:${number}`;

export interface Role {
  readonly name: string;
  readonly caller: Caller;
  /** Of `ACCOUNTS`; what the register says, unless the scope says it. */
  readonly sees: readonly TestAccount[];
}

const role = (subject: string, sees: readonly TestAccount[], ...scopes: string[]): Role => ({
  name: subject,
  caller: { subject, scopes: new Set(scopes), expiresAt: null },
  sees,
});

/** Sees all accounts. */
export const EVERYTHING = role('everything', ACCOUNTS, EVERY_ACCOUNT_SCOPE);

export const ROLES: readonly Role[] = [
  { name: 'nobody', caller: ANONYMOUS, sees: [] },
  role('stranger', []),
  // As in the demo, of several accounts; one more came later.
  role('demo', [amber, birch]),
  // With a scope that is nearly the one that shows everything.
  role('single', [birch], 'accounts', 'accounts:al', 'Accounts:All'),
  EVERYTHING,
];

/** What gives an account away, apart from what the asker has sent along. */
export const secretsOf = (account: TestAccount, slugs: readonly string[]): readonly string[] => [
  account.id,
  account.dollars,
  ...slugs.map((slug) => venueAccountId(slug, account)),
];
