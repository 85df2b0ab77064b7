import type { JSONWebKeySet } from 'jose';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { RemoteKeys } from '../../../../../gateway/admission/authentication/remoteKeys.js';
import { NOW, TestIssuer } from './testIssuer.js';

const [first, second] = [new TestIssuer('first'), new TestIssuer('second')];
const asking = (kid: string) => ({ alg: 'EdDSA', kid });
const MINUTE_MS = 60_000;
const unknown = { code: 'UNAUTHENTICATED' };
const unavailable = { code: 'AUTHENTICATION_UNAVAILABLE' };
/** Lets a fetch that nobody waits for come to its end. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

let now: number;
const fetchKeySet = vi.fn<() => Promise<JSONWebKeySet>>();
const onChange = vi.fn();
const onProblem = vi.fn();
const remoteKeys = () => new RemoteKeys({ fetchKeySet, now: () => now, onChange, onProblem });

beforeEach(() => {
  now = NOW;
  vi.clearAllMocks();
  fetchKeySet.mockResolvedValue({ keys: [first.jwk] });
});

describe('RemoteKeys', () => {
  it('fetches once for all who ask at the same time', async () => {
    const keys = remoteKeys();
    await Promise.all([1, 2, 3].map(() => keys.keyFor(asking('first'))));

    expect(fetchKeySet).toHaveBeenCalledTimes(1);
    expect(onChange).toHaveBeenCalledTimes(1);
  });

  it('finds a key that was published since, a minute after it last looked', async () => {
    const keys = remoteKeys();
    await keys.keyFor(asking('first'));
    fetchKeySet.mockResolvedValue({ keys: [first.jwk, second.jwk] });
    now += MINUTE_MS - 1;
    await expect(keys.keyFor(asking('second'))).rejects.toMatchObject(unknown);

    now += 1;
    expect(await keys.keyFor(asking('second'))).toHaveProperty('type', 'public');
    expect(onChange).toHaveBeenCalledTimes(2);
  });

  it('looks once a minute however many unknown keys are asked for', async () => {
    const keys = remoteKeys();
    for (let count = 0; count < 120; count += 1) {
      await expect(keys.keyFor(asking(`forged ${count}`))).rejects.toMatchObject(unknown);
      now += 1_000;
    }
    expect(fetchKeySet).toHaveBeenCalledTimes(2);
  });

  it('does not let a known key wait for the look of each minute, and drops what is withdrawn', async () => {
    const keys = remoteKeys();
    await keys.keyFor(asking('first'));
    fetchKeySet.mockResolvedValue({ keys: [second.jwk] });
    now += MINUTE_MS;
    expect(await keys.keyFor(asking('first'))).toHaveProperty('type', 'public');

    await settled();
    await expect(keys.keyFor(asking('first'))).rejects.toMatchObject(unknown);
  });

  it('looks before it trusts keys that it has not looked at for ten minutes', async () => {
    const keys = remoteKeys();
    await keys.keyFor(asking('first'));
    fetchKeySet.mockResolvedValue({ keys: [second.jwk] });
    now += 10 * MINUTE_MS;

    await expect(keys.keyFor(asking('first'))).rejects.toMatchObject(unknown);
  });

  it('does not call the same keys a change', async () => {
    const keys = remoteKeys();
    for (let minute = 0; minute < 3; minute += 1) {
      await keys.keyFor(asking('first'));
      await settled();
      now += MINUTE_MS;
    }
    expect(fetchKeySet).toHaveBeenCalledTimes(3);
    expect(onChange).toHaveBeenCalledTimes(1);
  });

  it('looks again after the clock is set back', async () => {
    const keys = remoteKeys();
    await keys.keyFor(asking('first'));
    fetchKeySet.mockResolvedValue({ keys: [second.jwk] });
    now -= 60 * MINUTE_MS;

    expect(await keys.keyFor(asking('second'))).toHaveProperty('type', 'public');
  });

  it('refuses every key once the issuer publishes none', async () => {
    fetchKeySet.mockResolvedValue({ keys: [] });

    await expect(remoteKeys().keyFor(asking('first'))).rejects.toMatchObject(unknown);
  });

  it('takes a published private or broken key for the issuer’s mistake, not the caller’s', async () => {
    const { privateKey } = first;
    fetchKeySet.mockResolvedValue({
      keys: [
        { ...privateKey.export({ format: 'jwk' }), kid: 'private' },
        { ...first.jwk, kid: 'broken', x: 'AA' },
      ],
    });
    const keys = remoteKeys();

    await expect(keys.keyFor(asking('private'))).rejects.toMatchObject(unavailable);
    await expect(keys.keyFor(asking('broken'))).rejects.toMatchObject(unavailable);
  });
});

describe('RemoteKeys, while the issuer cannot be asked', () => {
  const outage = new Error('no route');

  it('has no key, says why to the log, and asks again after five seconds', async () => {
    fetchKeySet.mockRejectedValue(outage);
    const keys = remoteKeys();
    const expected = { ...unavailable, cause: outage };
    await expect(keys.keyFor(asking('first'))).rejects.toMatchObject(expected);
    expect(onProblem.mock.calls).toEqual([[outage]]);

    fetchKeySet.mockResolvedValue({ keys: [first.jwk] });
    now += 4_999;
    await expect(keys.keyFor(asking('first'))).rejects.toMatchObject(expected);
    now += 1;
    expect(await keys.keyFor(asking('first'))).toHaveProperty('type', 'public');
  });

  it('keeps the last good keys for a day and more, asking once a minute', async () => {
    const keys = remoteKeys();
    await keys.keyFor(asking('first'));
    fetchKeySet.mockRejectedValue(outage);
    for (let minute = 1; minute <= 1_500; minute += 1) {
      now += MINUTE_MS;
      expect(await keys.keyFor(asking('first'))).toHaveProperty('type', 'public');
      await settled();
    }
    expect(fetchKeySet).toHaveBeenCalledTimes(1_501);
  });

  it('keeps them when something else than a key set is published', async () => {
    const keys = remoteKeys();
    await keys.keyFor(asking('first'));
    for (const garbage of [null, [], 'keys', { keys: 'none' }, { keys: [null] }]) {
      fetchKeySet.mockResolvedValue(garbage as unknown as JSONWebKeySet);
      now += 10 * MINUTE_MS;
      expect(await keys.keyFor(asking('first'))).toHaveProperty('type', 'public');
    }
    expect(onProblem).toHaveBeenCalledTimes(5);
  });

  it('cannot tell whether a key that it does not know is good', async () => {
    const keys = remoteKeys();
    await keys.keyFor(asking('first'));
    fetchKeySet.mockRejectedValue(outage);
    now += MINUTE_MS;

    await expect(keys.keyFor(asking('second'))).rejects.toMatchObject(unavailable);
  });

  it('takes an unknown key for the caller’s mistake again when it is over', async () => {
    fetchKeySet.mockRejectedValueOnce(outage);
    const keys = remoteKeys();
    await expect(keys.keyFor(asking('second'))).rejects.toMatchObject(unavailable);
    now += 5_000;

    await expect(keys.keyFor(asking('second'))).rejects.toMatchObject(unknown);
  });

  it('says that it is not loaded, until it is', async () => {
    fetchKeySet.mockRejectedValueOnce(outage);
    const keys = remoteKeys();

    expect(await keys.load()).toBe(false);
    now += 5_000;
    expect(await keys.load()).toBe(true);
    now += 60 * MINUTE_MS;
    expect(await keys.load()).toBe(true);
    expect(fetchKeySet).toHaveBeenCalledTimes(2);
  });
});
