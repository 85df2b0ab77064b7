import { describe, expect, it } from 'vitest';
import {
  multipartBoundary,
  MultipartReader,
} from '../../../../gateway/upstream/multipartReader.js';

const BODY =
  'preamble\r\n--graphql\r\nContent-Type: application/json\r\n\r\n{"a":"--graphql"}' +
  '\r\n--graphql\r\n\r\n{"b":"ä"}\r\n--graphql--\r\nepilogue\r\n--graphql\r\n\r\n{}';

function read(chunks: Iterable<Buffer>, partBytesMax = 100) {
  const parts: string[] = [];
  const reader = new MultipartReader('graphql', partBytesMax, (part) => parts.push(part));
  for (const chunk of chunks) reader.add(chunk);
  return { parts, isComplete: reader.isComplete };
}

describe('multipartReader', () => {
  const whole = { parts: ['{"a":"--graphql"}', '{"b":"ä"}'], isComplete: true };

  it('gives the body of each part, up to the closing delimiter', () => {
    expect(read([Buffer.from(BODY)])).toEqual(whole);
  });

  it('reads the same wherever the bytes are cut', () => {
    const bytes = Buffer.from(BODY);
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      expect(read([bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual(whole);
    }
    expect(read([...bytes].map((byte) => Buffer.of(byte)))).toEqual(whole);
  });

  it('gives a part as soon as its delimiter has come', () => {
    const chunk = Buffer.from('--graphql\r\n\r\n{}\r\n--graphql');
    expect(read([chunk])).toEqual({ parts: ['{}'], isComplete: false });
  });

  it('refuses a part of too many bytes, also before it has come whole', () => {
    const endless = Buffer.from(`--graphql\r\n\r\n${'x'.repeat(200)}`);
    expect(() => read([endless])).toThrow(RangeError);
    expect(() => read([endless, Buffer.from('\r\n--graphql--')])).toThrow(RangeError);
    expect(() => read([Buffer.concat([endless, Buffer.from('\r\n--graphql--')])])).toThrow(
      RangeError,
    );
  });

  it.each([
    ['multipart/mixed; boundary=graphql; subscriptionSpec=1.0', 'graphql'],
    ['multipart/mixed;boundary="a b";subscriptionSpec="1.0"', 'a b'],
    ['Multipart/Mixed;subscriptionSpec=1.0', '-'],
    ['multipart/mixed', '-'],
    ['application/json; boundary=graphql', undefined],
    ['multipart/mixedbag; boundary=graphql', undefined],
  ])('finds the boundary in %s', (contentType, boundary) => {
    expect(multipartBoundary(contentType)).toBe(boundary);
  });
});
