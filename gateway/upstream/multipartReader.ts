/** Cuts a `multipart/mixed` body into its parts as its bytes come (RFC 2046 §5.1). */

const LINE = '\r\n';
const HEADERS_END = Buffer.from(LINE + LINE);
const DASH = 0x2d;

/** Of a content type, `-` where it names none; undefined when it is not multipart at all. */
export function multipartBoundary(contentType: string): string | undefined {
  if (!/^multipart\/mixed\s*(;|$)/i.test(contentType)) return undefined;
  const { groups = {} } =
    /;\s*boundary=(?:"(?<quoted>[^"]+)"|(?<plain>[^\s;]+))/i.exec(contentType) ?? {};
  return groups['quoted'] ?? groups['plain'] ?? '-';
}

export class MultipartReader {
  readonly #delimiter: Buffer;
  readonly #partBytesMax: number;
  readonly #onPart: (body: string) => void;
  /** Begins with a line break, for the first delimiter may stand without one. */
  #bytes: Buffer = Buffer.from(LINE);
  /** No delimiter begins before it. */
  #searchedTo = 0;
  /** What stands before the first delimiter is no part. */
  #isInPart = false;
  #isAfterDelimiter = false;
  #isComplete = false;

  /** `onPart` gets the body of each part, without its headers. */
  constructor(boundary: string, partBytesMax: number, onPart: (body: string) => void) {
    this.#delimiter = Buffer.from(`${LINE}--${boundary}`);
    this.#partBytesMax = partBytesMax;
    this.#onPart = onPart;
  }

  /** Whether the closing delimiter has come: what ends without it has been cut off. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Throws RangeError when a part is larger than allowed. */
  add(chunk: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    while (!this.#isComplete && this.#advance());
    if (!this.#isComplete) this.#assertAllowed(this.#bytes);
  }

  /** One step, if enough has come for it. */
  #advance(): boolean {
    return this.#isAfterDelimiter ? this.#readEnding() : this.#readPart();
  }

  /** A part is handed on with its delimiter: the bytes after that may come only with the next part. */
  #readPart(): boolean {
    const end = this.#bytes.indexOf(this.#delimiter, this.#searchedTo);
    if (end < 0) {
      this.#searchedTo = Math.max(0, this.#bytes.length - this.#delimiter.length + 1);
      return false;
    }
    const part = this.#bytes.subarray(0, end);
    this.#assertAllowed(part);
    this.#bytes = this.#bytes.subarray(end + this.#delimiter.length);
    this.#searchedTo = 0;
    this.#isAfterDelimiter = true;
    if (this.#isInPart) this.#take(part);
    return true;
  }

  /** Two dashes behind a delimiter make it the last. */
  #readEnding(): boolean {
    if (this.#bytes.length < 2) return false;
    this.#isComplete = this.#bytes[0] === DASH && this.#bytes[1] === DASH;
    this.#isAfterDelimiter = false;
    this.#isInPart = true;
    return true;
  }

  #assertAllowed({ length }: Buffer): void {
    if (length <= this.#partBytesMax) return;
    throw new RangeError(`A part has more than ${this.#partBytesMax} bytes.`);
  }

  /** A part without headers begins with the empty line that would end them. */
  #take(part: Buffer): void {
    const headersEnd = part.indexOf(HEADERS_END);
    if (headersEnd >= 0) this.#onPart(part.toString('utf8', headersEnd + HEADERS_END.length));
  }
}
