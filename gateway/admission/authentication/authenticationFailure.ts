/** A caller's token was refused, or could not be checked. */

/** A caller mends the first with another token, and the second by asking again later. */
export type AuthenticationFailureCode = 'UNAUTHENTICATED' | 'AUTHENTICATION_UNAVAILABLE';

/**
 * The message is shown to callers: it says what is wrong and quotes nothing of the token. The `cause`
 * is for the log only; it may name the issuer's host, and holds nothing of the token either.
 */
export class AuthenticationFailure extends Error {
  override readonly name = 'AuthenticationFailure';

  constructor(
    readonly code: AuthenticationFailureCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export const unauthenticated = (message: string, cause?: unknown) =>
  new AuthenticationFailure('UNAUTHENTICATED', message, { cause });

export const authenticationUnavailable = (cause: unknown) =>
  new AuthenticationFailure(
    'AUTHENTICATION_UNAVAILABLE',
    'The token cannot be checked now, because its issuer’s keys are not known. Try again later.',
    { cause },
  );
