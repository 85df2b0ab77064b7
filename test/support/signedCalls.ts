/** Keys of a test's own gateway and margin, what they sign, and subgraphs that take it. */

import { randomUUID, sign } from 'node:crypto';
import {
  GATEWAY,
  MARGIN,
  TOKEN_TYPE,
  type CallerClaims,
} from '../../subgraphs/shared/callerToken/callerClaims.js';
import { bodyHash } from '../../subgraphs/shared/callerToken/bodyHash.js';
import { serviceCaller, serviceSubject } from '../../subgraphs/shared/callerToken/serviceCaller.js';
import {
  newSigningKeyText,
  publicSigningKey,
  signingKeyVariable,
  type SigningKey,
} from '../../subgraphs/shared/callerToken/signingKey.js';
import { TokenMaker, type TokenSubject } from '../../subgraphs/shared/callerToken/tokenMaker.js';
import { TokenVerifier } from '../../subgraphs/shared/callerToken/tokenVerifier.js';
import { trustedKeysVariable } from '../../subgraphs/shared/callerToken/trustedKeys.js';

const newKey = () => signingKeyVariable.parse(newSigningKeyText());

export const gatewayKey = newKey();
export const marginKey = newKey();
/** Nobody trusts it. */
export const foreignKey = newKey();

const trustedKeys = trustedKeysVariable.parse(
  JSON.stringify({
    keys: [publicSigningKey(gatewayKey, GATEWAY), publicSigningKey(marginKey, MARGIN)],
  }),
);

export const tokenMaker = (key: SigningKey, issuer: string, now = Date.now) =>
  new TokenMaker({ key, issuer, now, newId: randomUUID });

/** Of the subgraph of this name, which trusts the gateway and margin. */
export const testVerifier = (audience: string, now = Date.now) =>
  new TokenVerifier({ audience, keys: trustedKeys, now });

export const marginCaller = serviceCaller(tokenMaker(marginKey, MARGIN), MARGIN);
export const gatewayItself = serviceSubject(GATEWAY);

/** A caller who may see these accounts. */
export const subjectSeeing = (...accounts: readonly string[]): TokenSubject => ({
  subject: 'ann',
  scope: '',
  accounts,
});

const gatewayTokens = tokenMaker(gatewayKey, GATEWAY);

/** The header of a call by the gateway, in the name of the subject. */
export const callHeaders = (audience: string, body: string, subject: TokenSubject) => ({
  authorization: `Bearer ${gatewayTokens.call(audience, body, subject)}`,
});

/** The `connection_init` of a WebSocket of the gateway, in the name of the subject. */
export const connectionParams = (audience: string, subject: TokenSubject) => ({
  authorization: `Bearer ${gatewayTokens.connect(audience, subject)}`,
});

/** A token with whatever claims and header, and a signature of the key over them. */
export function forgedToken(
  claims: object,
  { key = gatewayKey, header = {} }: { key?: SigningKey; header?: object } = {},
): string {
  const head = { alg: 'EdDSA', typ: TOKEN_TYPE.call, kid: key.id, ...header };
  const signed = [head, claims].map((part) => base64url(JSON.stringify(part))).join('.');
  return `${signed}.${sign(null, Buffer.from(signed), key.privateKey).toString('base64url')}`;
}

/** The claims of a call that a subgraph takes. */
export const goodClaims = (audience: string, body: string, nowMs = Date.now()): CallerClaims => {
  const iat = Math.floor(nowMs / 1_000);
  return {
    iss: GATEWAY,
    aud: audience,
    iat,
    exp: iat + 25,
    jti: randomUUID(),
    sub: 'ann',
    scope: '',
    accounts: [],
    body: bodyHash(body),
  };
};

export const base64url = (text: string) => Buffer.from(text).toString('base64url');
