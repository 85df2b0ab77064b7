/** A certificate for localhost that nobody vouches for, made anew so that no key is kept in the tree. */

import { generateKeyPairSync, sign } from 'node:crypto';

const SEQUENCE = 0x30;
const ED25519 = Buffer.from('300506032b6570', 'hex');
const COMMON_NAME = Buffer.from('0603550403', 'hex');

/** PEM texts, as `https.createServer` takes them. */
export function selfSignedCertificate(): { key: string; cert: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const name = der(SEQUENCE, der(0x31, der(SEQUENCE, COMMON_NAME, text(0x0c, 'localhost'))));
  const validity = der(SEQUENCE, text(0x17, '200101000000Z'), text(0x17, '491231235959Z'));
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const serial = Buffer.from('020101', 'hex');
  const content = der(SEQUENCE, serial, ED25519, name, validity, name, spki);
  const signature = der(0x03, Buffer.from([0]), sign(null, content, privateKey));
  const body = der(SEQUENCE, content, ED25519, signature).toString('base64');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`,
  };
}

const text = (tag: number, value: string) => der(tag, Buffer.from(value));

/** One element of X.690's DER, of less than 64 KB. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
