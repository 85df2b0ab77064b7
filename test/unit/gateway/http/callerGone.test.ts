import { describe, expect, it, vi } from 'vitest';
import { CallerGone } from '../../../../gateway/http/callerGone.js';
import type { CallerSignal } from '../../../../gateway/upstream/callerSignal.js';

const listener = () => ({ handleEvent: vi.fn() });

/** The real one, and ours: what holds for one has to hold for the other. */
const realController = () => {
  const controller = new AbortController();
  return { signal: controller.signal as CallerSignal, abort: () => controller.abort() };
};
const ours = () => {
  const gone = new CallerGone();
  return { signal: gone as CallerSignal, abort: () => gone.abort() };
};

describe.each([
  ['callerGone', ours],
  ['an AbortController', realController],
])('%s', (_name, make) => {
  it('says nothing before the client goes', () => {
    const { signal } = make();
    const calls = listener();
    signal.addEventListener('abort', calls, { once: true });

    expect(signal.aborted).toBe(false);
    expect(signal.reason).toBeUndefined();
    expect(() => signal.throwIfAborted()).not.toThrow();
    expect(calls.handleEvent).not.toHaveBeenCalled();
  });

  it('tells every listener once, with the reason to be read', () => {
    const { signal, abort } = make();
    const reasons: unknown[] = [];
    const note = () => ({ handleEvent: () => reasons.push(signal.reason) });
    signal.addEventListener('abort', note(), { once: true });
    signal.addEventListener('abort', note(), { once: true });
    abort();
    abort();

    expect(reasons).toEqual([signal.reason, signal.reason]);
    expect(signal.reason).toMatchObject({ name: 'AbortError' });
    expect(signal.aborted).toBe(true);
    expect(() => signal.throwIfAborted()).toThrow(signal.reason);
  });

  it('does not tell who has left, or came too late', () => {
    const { signal, abort } = make();
    const [left, late] = [listener(), listener()];
    signal.addEventListener('abort', left, { once: true });
    signal.removeEventListener('abort', left);
    abort();
    signal.addEventListener('abort', late, { once: true });
    abort();

    expect(left.handleEvent).not.toHaveBeenCalled();
    expect(late.handleEvent).not.toHaveBeenCalled();
  });

  it('tells nobody whom a listener before has taken off', () => {
    const { signal, abort } = make();
    const second = listener();
    const first = { handleEvent: () => signal.removeEventListener('abort', second) };
    signal.addEventListener('abort', first, { once: true });
    signal.addEventListener('abort', second, { once: true });
    abort();

    expect(second.handleEvent).not.toHaveBeenCalled();
  });
});
