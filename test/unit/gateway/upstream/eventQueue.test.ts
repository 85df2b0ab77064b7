import { describe, expect, it, vi } from 'vitest';
import { EventQueue, QueueOverflow } from '../../../../gateway/upstream/eventQueue.js';

const done = { value: undefined, done: true };
const event = (value: number) => ({ value, done: false });

describe('EventQueue', () => {
  it('hands over events in order, to those who waited and to those who come later', async () => {
    const queue = new EventQueue<number>(10, vi.fn());
    const waiting = [queue.next(), queue.next()];
    for (const value of [1, 2, 3]) queue.push(value);
    queue.complete();

    expect(await Promise.all([...waiting, queue.next(), queue.next()])).toEqual([
      event(1),
      event(2),
      event(3),
      done,
    ]);
  });

  it('resolves what waits when the reader returns, and releases its source once', async () => {
    const release = vi.fn();
    const queue = new EventQueue<number>(10, release);
    const waiting = queue.next();

    expect(await Promise.all([queue.return(), queue.return(), waiting])).toEqual([
      done,
      done,
      done,
    ]);
    expect(release).toHaveBeenCalledTimes(1);
    queue.push(1);
    expect(await queue.next()).toEqual(done);
  });

  it('fails once, after what was pushed before, and is then done', async () => {
    const queue = new EventQueue<number>(10, vi.fn());
    queue.push(1);
    queue.fail(new Error('lost'));
    queue.push(2);

    expect(await queue.next()).toEqual(event(1));
    await expect(queue.next()).rejects.toThrow('lost');
    expect(await queue.next()).toEqual(done);
  });

  it('fails the first of those who wait, and ends for the others', async () => {
    const queue = new EventQueue<number>(10, vi.fn());
    const [first, second] = [queue.next(), queue.next()];
    queue.fail(new Error('lost'));

    await expect(first).rejects.toThrow('lost');
    expect(await second).toEqual(done);
  });

  it('drops everything and releases its source when it would exceed its capacity', async () => {
    const release = vi.fn();
    const queue = new EventQueue<number>(2, release);
    for (const value of [1, 2, 3, 4]) queue.push(value);

    expect(release).toHaveBeenCalledTimes(1);
    await expect(queue.next()).rejects.toEqual(new QueueOverflow(2));
    expect(await queue.next()).toEqual(done);
  });

  it('does not release a source that has ended by itself', async () => {
    const release = vi.fn();
    const queue = new EventQueue<number>(2, release);
    queue.complete();
    await queue.return();

    expect(release).not.toHaveBeenCalled();
  });
});
