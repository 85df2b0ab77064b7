/** What an answer gives away of an account. */

import type { Data } from '../../support/graphqlClient.js';
import { ACCOUNTS, secretsOf, type Role, type TestAccount } from './people.js';
import type { Answer } from './roleClient.js';

/** What a cell of the matrix can be; any other text says what is wrong with the answer. */
export const VISIBLE = 'visible';
export const AS_UNKNOWN = 'as unknown';

export interface Asked {
  readonly role: Role;
  readonly account: TestAccount;
  /** Sent along: what is in them is no secret to the asker. */
  readonly variables: Data;
  /** Where the answers have what was sought. */
  readonly key: string;
  readonly answers: readonly Answer[];
  /** To the same question about an account that there is not; absent where it names none. */
  readonly ofUnknown?: { readonly account: TestAccount; readonly answers: readonly Answer[] };
}

export function verdictOn(asked: Asked, slugs: readonly string[]): string {
  const { account, key, answers, ofUnknown } = asked;
  const leaked = leaksIn(asked, slugs);
  if (leaked.length > 0) return `shows ${leaked.join(', ')}`;
  const sought = answers.map((answer) => soughtIn(answer, key));
  const errors = sought.flatMap((one) => refusalsIn(one));
  const said = JSON.stringify(sought);
  if (account.dollars !== '' && said.includes(account.dollars)) {
    return errors.length === 0 ? VISIBLE : `visible, with ${JSON.stringify(errors)}`;
  }
  if (errors.some(({ extensions }) => extensions?.['code'] !== 'NOT_FOUND')) return said;
  if (!ofUnknown) return AS_UNKNOWN;
  const unknown = JSON.stringify(ofUnknown.answers.map((answer) => soughtIn(answer, key)));
  const isSame = masked(said, account) === masked(unknown, ofUnknown.account);
  return isSame ? AS_UNKNOWN : `${said}, and of an unknown one ${unknown}`;
}

/** The errors of an answer; to be busy is not to refuse. */
export const refusalsIn = ({ errors = [] }: Pick<Answer, 'errors'>) =>
  errors.filter(({ extensions }) => extensions?.['code'] !== 'OPERATION_TOO_COSTLY');

/** Secrets of accounts that are none of the role's, and that it has not sent itself. */
export function leaksIn(
  { role, variables, answers }: Pick<Asked, 'role' | 'variables' | 'answers'>,
  slugs: readonly string[],
): readonly string[] {
  const sent = JSON.stringify(variables);
  const said = JSON.stringify(answers);
  return ACCOUNTS.filter((account) => !role.sees.includes(account))
    .flatMap((account) => secretsOf(account, slugs))
    .filter((secret) => said.includes(secret) && !sent.includes(secret));
}

/** The part of an answer that belongs to one of its root fields, and what belongs to none. */
const soughtIn = ({ data, errors = [] }: Answer, key: string) => ({
  data: data?.[key] ?? null,
  errors: errors.filter(({ path }) => path === undefined || path[0] === key),
});

const masked = (text: string, { id, number }: TestAccount) =>
  text
    .replaceAll(id, '«id»')
    .replaceAll(`:${number}"`, ':«number»"')
    .replaceAll(`:${number}\\"`, ':«number»\\"');
