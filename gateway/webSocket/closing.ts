/**
 * Why the gateway closes a connection. The graphql-ws client comes back after all of these but those
 * of its own protocol (4400, 4401, 4406, 4409, 4429), which a program must mend, after 1009, the answer
 * to a message that is too large, and after 4500, a mistake of ours.
 */

export interface Closing {
  readonly code: number;
  /** At most 123 bytes. */
  readonly reason: string;
}

/** The gateway goes away, and another takes over: connect again, and resume from the last cursor. */
export const RESTARTING: Closing = { code: 1012, reason: 'Service restart' };

/** The last result says the same, with the code SLOW_CONSUMER. */
export const SLOW_CONSUMER: Closing = { code: 1013, reason: 'SLOW_CONSUMER' };

/** Of one subject, or from one address without a token. */
export const TOO_MANY_CONNECTIONS: Closing = { code: 1013, reason: 'TOO_MANY_CONNECTIONS' };

/** Tokens cannot be verified now: the keys of who issues them are not to be had. */
export const AUTHENTICATION_UNAVAILABLE: Closing = {
  code: 1013,
  reason: 'AUTHENTICATION_UNAVAILABLE',
};

/** Connect again with a new token. */
export const TOKEN_EXPIRED: Closing = { code: 4403, reason: 'TOKEN_EXPIRED' };

/** A mistake of ours. */
export const INTERNAL_ERROR: Closing = { code: 4500, reason: 'INTERNAL_SERVER_ERROR' };

const REASON_BYTES_MAX = 123;

/** Connect again with a token that is one. The reason says what is wrong, and quotes nothing. */
export const unauthenticated = (reason: string): Closing => ({
  code: 4403,
  reason: Buffer.from(reason).subarray(0, REASON_BYTES_MAX).toString(),
});
