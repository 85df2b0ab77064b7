import { beforeEach, describe, expect, it } from 'vitest';
import { VenueStates } from '../../../subgraphs/margin/live/venueStates.js';
import type { VenueUpdate } from '../../../subgraphs/margin/live/wire/venueUpdate.js';
import { balance, NOW } from './books.js';

const after = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);
const state = { asOf: NOW, positions: [], balances: [balance('USDT', '1')] };
const update = (more: Partial<VenueUpdate> = {}): VenueUpdate => ({
  venueAccountId: 'okx:7',
  quality: 'LIVE',
  problem: null,
  state,
  ...more,
});

let states: VenueStates;
beforeEach(() => {
  states = new VenueStates(['okx'], NOW);
});
const conditionOf = (id = 'okx:7') => states.book(id).condition;

describe('the state of a venue account', () => {
  it('is unknown, with the reason, until the venue tells it', () => {
    expect(states.book('okx:7')).toMatchObject({ venue: 'okx', state: null });
    expect(conditionOf()).toMatchObject({ reason: 'it has not been reached yet' });
    expect(conditionOf('kraken:1')).toMatchObject({ reason: 'it is not configured' });
  });

  it('is LIVE once it has come over a connection that is up', () => {
    states.connected('okx', NOW);
    states.update(update(), NOW);

    expect(states.book('okx:7')).toMatchObject({ state, condition: { quality: 'LIVE' } });
  });

  it('stands in while the connection is down, since it went down', () => {
    states.connected('okx', NOW);
    states.update(update(), NOW);
    states.disconnected('okx', after(60));
    states.disconnected('okx', after(61));

    expect(states.book('okx:7')).toMatchObject({
      state,
      condition: { quality: 'STALE', reason: 'the connection is down', since: after(60) },
    });
  });

  it('counts an outage through connections that last less than a second', () => {
    states.connected('okx', NOW);
    states.update(update(), NOW);
    states.disconnected('okx', after(60));
    states.connected('okx', after(70));
    states.disconnected('okx', after(70.9));

    expect(conditionOf()).toMatchObject({ since: after(60) });
  });

  it('is STALE since the venue first said so, until it says otherwise', () => {
    states.connected('okx', NOW);
    states.update(update(), NOW);
    states.update(update({ quality: 'STALE', problem: 'no answer' }), after(1));
    states.update(update({ quality: 'STALE', problem: 'no answer' }), after(9));

    expect(conditionOf()).toEqual({ quality: 'STALE', reason: 'no answer', since: after(1) });
    states.update(update(), after(10));
    expect(conditionOf()).toEqual({ quality: 'LIVE' });
  });

  it('stands in, STALE, when a message says that it is not known or cannot be used', () => {
    states.connected('okx', NOW);
    states.update(update(), NOW);
    states.update(update({ state: null, quality: 'STALE' }), after(1));
    expect(states.book('okx:7')).toMatchObject({ state, condition: { quality: 'STALE' } });

    states.refuse('okx:7', 'size: must not be zero', after(2));
    expect(conditionOf()).toMatchObject({ reason: 'size: must not be zero', since: after(1) });
  });

  it('is STALE with all others of its venue when a message does not say whom it is about', () => {
    states = new VenueStates(['okx', 'deribit'], NOW);
    for (const slug of ['okx', 'deribit']) {
      states.connected(slug, NOW);
      for (const id of ['7', '8']) states.update(update({ venueAccountId: `${slug}:${id}` }), NOW);
    }
    states.refuseAll('okx', 'nonsense', after(1));

    const qualities = ['okx:7', 'okx:8', 'deribit:7'].map((id) => conditionOf(id).quality);
    expect(qualities).toEqual(['STALE', 'STALE', 'LIVE']);
  });
});
