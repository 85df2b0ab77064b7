import { describe, expect, it } from 'vitest';
import { ACCOUNTS, EVERYTHING, ROLES, UNKNOWN, type Role, type TestAccount } from './people.js';
import type { Answer } from './roleClient.js';
import { AS_UNKNOWN, VISIBLE, verdictOn } from './verdict.js';

const [amber, birch] = ACCOUNTS as readonly [TestAccount, TestAccount];
const [nobody] = ROLES as readonly [Role];
const NONE: Answer = { data: { account: null } };
const notFound = (id: string, code = 'NOT_FOUND'): Answer => ({
  data: { account: null },
  errors: [
    { message: `There is no account "${id}".`, path: ['account'], extensions: { code, id } },
  ],
});

describe('the verdict on an answer', () => {
  const verdict = (answer: Answer, role = nobody, ofUnknown = NONE) =>
    verdictOn(
      {
        role,
        account: amber,
        variables: { id: amber.id },
        key: 'account',
        answers: [answer],
        ofUnknown: { account: UNKNOWN, answers: [ofUnknown] },
      },
      ['deribit'],
    );
  const seen: Answer = { data: { account: { id: amber.id, equity: amber.dollars } } };

  it('knows what may be seen from what looks like an unknown account', () => {
    expect(verdict(seen, EVERYTHING)).toBe(VISIBLE);
    expect(verdict(NONE)).toBe(AS_UNKNOWN);
    expect(verdict(notFound(amber.id), nobody, notFound(UNKNOWN.id))).toBe(AS_UNKNOWN);
  });

  it.each<[string, Answer]>([
    ['all of it', seen],
    ['a venue account of it', { data: { account: { venueAccountIds: ['deribit:7101'] } } }],
    ['another account beside it', { data: { account: null, beside: { id: birch.id } } }],
    ['another account in an error', { ...NONE, errors: [{ message: `not ${birch.dollars}` }] }],
    ['that there is one', { data: { account: { id: amber.id } } }],
    ['that it is forbidden', notFound(amber.id, 'FORBIDDEN')],
  ])('takes none for unknown that shows %s', (_, answer) => {
    expect(verdict(answer, nobody, notFound(UNKNOWN.id))).not.toMatch(/^(visible|as unknown)$/);
  });

  it('takes none for unknown that fails as everything does', () => {
    const failed = (id: string) => notFound(id, 'INTERNAL_SERVER_ERROR');
    expect(verdict(failed(amber.id), nobody, failed(UNKNOWN.id))).not.toBe(AS_UNKNOWN);
  });

  it('takes none for visible that is partly refused', () => {
    const errors = [
      { message: 'no', path: ['account', 'margin'], extensions: { code: 'NOT_FOUND' } },
    ];
    expect(verdict({ ...seen, errors }, EVERYTHING)).toMatch(/^visible, with /);
  });
});
