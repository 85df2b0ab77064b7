/** One HTTP request and its whole answer, by a deadline. */

import type { Dispatcher } from 'undici';
import type { CallDeadline } from './callDeadline.js';
import type { AbortListener, CallerSignal } from './callerSignal.js';

export interface HttpRequest {
  readonly path: string;
  /** Names and values in turn. */
  readonly headers: string[];
  readonly body: string;
}

export interface HttpAnswer {
  readonly statusCode: number;
  readonly contentType: string;
  /** The header of that name, as it came. */
  readonly retryAfter: string | undefined;
  readonly text: string;
}

/**
 * Rejects with UpstreamFailure when the last byte has not come by the deadline, with the signal's
 * reason when that aborts first, and otherwise with undici's error. On undici's handler interface,
 * because its streams and abort signals cost more than all our work on a request.
 */
export function httpExchange(
  dispatcher: Dispatcher,
  { path, headers, body }: HttpRequest,
  deadline: CallDeadline,
  signal: CallerSignal | undefined,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const exchange = new Exchange(resolve, reject, deadline, signal);
    dispatcher.dispatch({ path, method: 'POST', headers, body }, exchange);
  });
}

class Exchange implements Dispatcher.DispatchHandler, AbortListener {
  readonly #resolve: (answer: HttpAnswer) => void;
  readonly #reject: (error: Error) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #signal: CallerSignal | undefined;
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #aborted: Error | undefined;
  #statusCode = 0;
  #contentType = '';
  #retryAfter: string | undefined;

  constructor(
    resolve: (answer: HttpAnswer) => void,
    reject: (error: Error) => void,
    deadline: CallDeadline,
    signal: CallerSignal | undefined,
  ) {
    this.#resolve = resolve;
    this.#reject = reject;
    this.#timer = setTimeout(() => this.#abort(deadline.passed()), deadline.remainingMs());
    this.#signal = signal;
    signal?.addEventListener('abort', this, { once: true });
  }

  /** The signal has aborted. */
  handleEvent(): void {
    this.#abort(this.#signal?.reason as Error);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#aborted) controller.abort(this.#aborted);
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    statusCode: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.#statusCode = statusCode;
    this.#contentType = String(headers['content-type']);
    this.#retryAfter = headers['retry-after']?.toString();
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const [first] = this.#chunks;
    const bytes = first && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks);
    this.#settle();
    this.#resolve({
      statusCode: this.#statusCode,
      contentType: this.#contentType,
      retryAfter: this.#retryAfter,
      text: bytes.toString('utf8'),
    });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#settle();
    this.#reject(error);
  }

  /** Also while the request still waits for a connection. */
  #abort(reason: Error): void {
    this.#settle();
    this.#aborted = reason;
    this.#controller?.abort(reason);
    this.#reject(reason);
  }

  #settle(): void {
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener('abort', this);
  }
}
