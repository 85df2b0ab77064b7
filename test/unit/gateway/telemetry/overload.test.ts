import { beforeEach, describe, expect, it } from 'vitest';
import { Overload } from '../../../../gateway/telemetry/overload.js';

describe('overload', () => {
  let lagMs: number;
  let overload: Overload;
  beforeEach(() => {
    lagMs = 0;
    overload = new Overload({
      lagMs: () => lagMs,
      requestsMax: 100,
      requestsMin: 5,
      lagMsMax: 50,
    });
  });

  /** How many more it lets in now. */
  const enterAll = () => {
    let entered = 0;
    while (overload.enter()) entered += 1;
    return entered;
  };
  const leave = (requests: number) => {
    for (let done = 0; done < requests; done += 1) overload.leave();
  };

  const tick = (ticks: number) => {
    for (let done = 0; done < ticks; done += 1) overload.tick();
  };

  it('lets in as many requests as may be in flight, and one for each that leaves', () => {
    expect(enterAll()).toBe(100);
    leave(3);
    expect(enterAll()).toBe(3);
    expect(overload.requestsInFlight).toBe(100);
  });

  it('lets fewer in while the loop is late, down to a least number', () => {
    enterAll();
    lagMs = 51;
    tick(2);
    leave(100);
    expect(enterAll()).toBe(80);
    tick(20);
    leave(80);
    expect(enterAll()).toBe(5);
  });

  it('lets in as many after a single late tick, and after any that punctual ones follow', () => {
    enterAll();
    for (const lag of [51, 0, 51, 50, 51]) {
      lagMs = lag;
      overload.tick();
    }
    leave(100);

    expect(enterAll()).toBe(100);
  });

  it('comes down at once from a limit far above what is in flight', () => {
    for (let entered = 0; entered < 20; entered += 1) overload.enter();
    lagMs = 51;
    tick(2);
    leave(20);

    expect(enterAll()).toBe(16);
  });

  it('lets more in again, up to the most, once the loop is punctual', () => {
    lagMs = 51;
    tick(20);
    lagMs = 50;
    overload.tick();
    expect(enterAll()).toBe(6);
    tick(60);
    leave(6);
    expect(enterAll()).toBe(100);
  });

  it('is overloaded from the first refusal until a whole period without one', () => {
    enterAll();
    expect(overload.isOverloaded).toBe(true);
    overload.tick();
    expect(overload.isOverloaded).toBe(true);
    overload.tick();
    expect(overload.isOverloaded).toBe(false);
  });
});

describe('overload, with nothing said', () => {
  it('never refuses 64 requests at a time, however late the loop is', () => {
    const overload = new Overload({ lagMs: () => 5_000 });
    for (let ticks = 0; ticks < 50; ticks += 1) overload.tick();
    const entered = Array.from({ length: 65 }, () => overload.enter());

    expect(entered.indexOf(false)).toBe(64);
  });
});

/** Each answer takes so much CPU after it has waited for a subgraph; a refusal takes little. */
const [WORK_MS, WAIT_MS, TAKING_MS] = [5, 20, 0.2];
const CAPACITY_PER_S = 1_000 / (WORK_MS + TAKING_MS);
/** Nobody waits longer. */
const PATIENCE_MS = 1_000;
const SECONDS = 60;

/**
 * One event loop on a simulated clock, which takes whatever is due in its order: arrivals, answers
 * after their wait, and the ticks. Returns how many are answered in time in each second.
 */
function answeredPerSecond(offeredPerS: number, isLimited: boolean): number {
  let [nowMs, answered, lateness, taken] = [0, 0, 0, 0];
  let [arrivalAt, tickAt, lagMs] = [0, 0, 0];
  const answers: { dueAt: number; arrivedAt: number }[] = [];
  const overload = new Overload({ lagMs: () => lagMs });
  while (nowMs < SECONDS * 1_000) {
    const dueAt = Math.min(arrivalAt, tickAt, answers[0]?.dueAt ?? Infinity);
    nowMs = Math.max(nowMs, dueAt);
    lateness += nowMs - dueAt;
    taken += 1;
    if (dueAt === tickAt) {
      tickAt += 100;
      lagMs = lateness / taken;
      [lateness, taken] = [0, 0];
      if (isLimited) overload.tick();
    } else if (dueAt === arrivalAt) {
      nowMs += TAKING_MS;
      if (!isLimited || overload.enter()) {
        answers.push({ dueAt: nowMs + WAIT_MS, arrivedAt: arrivalAt });
      }
      arrivalAt += 1_000 / offeredPerS;
    } else {
      nowMs += WORK_MS;
      const { arrivedAt = 0 } = answers.shift() ?? {};
      if (isLimited) overload.leave();
      if (nowMs - arrivedAt <= PATIENCE_MS) answered += 1;
    }
  }
  return answered / SECONDS;
}

describe('a process with an overload limit', () => {
  it('answers in time what it can, when it is offered three times as much', () => {
    expect(answeredPerSecond(3 * CAPACITY_PER_S, true)).toBeGreaterThan(0.8 * CAPACITY_PER_S);
  });

  it('answers next to nothing in time without the limit', () => {
    expect(answeredPerSecond(3 * CAPACITY_PER_S, false)).toBeLessThan(0.1 * CAPACITY_PER_S);
  });

  it('refuses nothing that it can answer', () => {
    const offered = 0.9 * CAPACITY_PER_S;
    expect(answeredPerSecond(offered, true)).toBeGreaterThan(0.99 * offered);
  });
});
