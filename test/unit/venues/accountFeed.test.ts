import { describe, expect, it, vi } from 'vitest';
import { Refusal } from '../../../subgraphs/venues/kit/refusal.js';
import { fakeVenue, holding, type Answer } from './fakeVenue.js';

const refusal = new Refusal('deribit', 'positions.result[0].size', 'missing; expected a number');
const NOON = new Date('2026-11-22T12:00:00Z');

describe('AccountFeed', () => {
  it('takes a good answer over, with the time of doing so', async () => {
    const { feed, log } = fakeVenue({ '1': holding('2') });

    await feed.poll();

    expect(log.get('deribit:1')).toEqual({
      id: 'deribit:1',
      state: holding('2'),
      receivedAt: NOON,
      problem: null,
    });
  });

  it('keeps the last good state when an answer is refused, and says why', async () => {
    const venue = fakeVenue({ '1': holding('2') });
    await venue.feed.poll();

    venue.answers = new Map([['1', refusal]]);
    venue.clock.advance(60_000);
    await venue.feed.poll();

    expect(venue.log.get('deribit:1')).toEqual({
      id: 'deribit:1',
      state: holding('2'),
      receivedAt: NOON,
      problem: 'deribit positions.result[0].size: missing; expected a number',
    });
  });

  it('is live again with the next good answer, even an unchanged one', async () => {
    const venue = fakeVenue({ '1': holding('2') });
    await venue.feed.poll();
    venue.answers = new Map([['1', refusal]]);
    await venue.feed.poll();

    venue.answers = new Map([['1', holding('2')]]);
    venue.clock.advance(60_000);
    await venue.feed.poll();

    expect(venue.log.get('deribit:1')).toMatchObject({
      problem: null,
      receivedAt: new Date(NOON.getTime() + 60_000),
    });
  });

  it('knows an account without a state while the venue has never answered well', async () => {
    const { feed, log } = fakeVenue({ '1': refusal });

    await feed.poll();

    expect(log.get('deribit:1')).toMatchObject({ state: null, receivedAt: null });
  });

  it('adds nothing to the log while nothing changes, good or bad', async () => {
    const { feed, log } = fakeVenue({ '1': holding('2'), '2': refusal });
    await feed.poll();
    const before = log.all();

    await feed.poll();

    expect(log.all()).toEqual(before);
    expect(log.all().every((record, i) => record === before[i])).toBe(true);
  });

  it('marks an account that does not answer in time, and takes the others over', async () => {
    const venue = fakeVenue({ '1': holding('2'), '2': holding('3') });
    await venue.feed.poll();
    venue.answers = new Map<string, Answer>([
      ['1', 'never'],
      ['2', holding('4')],
    ]);

    const round = venue.feed.poll();
    await vi.waitFor(() =>
      expect(venue.log.get('deribit:2')).toMatchObject({ state: holding('4') }),
    );
    venue.clock.advance(5_000);
    await round;

    expect(venue.log.all()).toMatchObject([
      { state: holding('2'), problem: 'deribit does not answer: no answer within 5000 ms' },
      { state: holding('4'), problem: null },
    ]);
  });

  it('marks every account when the venue cannot say which there are', async () => {
    const venue = fakeVenue({ '1': holding('2'), '2': holding('3') });
    await venue.feed.poll();

    venue.answers = new Error('connection refused');
    await venue.feed.poll();

    expect(venue.log.all().map(({ problem }) => problem)).toEqual([
      'deribit does not answer: connection refused',
      'deribit does not answer: connection refused',
    ]);
  });

  it('keeps the state of an account that is no longer listed, marked', async () => {
    const venue = fakeVenue({ '1': holding('2') });
    await venue.feed.poll();

    venue.answers = new Map();
    await venue.feed.poll();

    expect(venue.log.get('deribit:1')).toMatchObject({
      state: holding('2'),
      problem: 'deribit accounts: deribit:1 is no longer listed',
    });
  });

  it('asks again after each interval, and no more once it is stopped', async () => {
    const venue = fakeVenue({ '1': holding('2') });
    await venue.feed.start();
    venue.clock.advance(499);
    expect(venue.rounds).toBe(1);
    venue.clock.advance(1);
    await vi.waitFor(() => expect(venue.rounds).toBe(2));

    await venue.feed.stop();
    venue.clock.advance(10_000);

    expect(venue.rounds).toBe(2);
  });
});
