import { hash } from 'node:crypto';

/** SHA-256 as base64url, of text in UTF-8 or of bytes. */
export const bodyHash = (body: string | Uint8Array): string => hash('sha256', body, 'base64url');
