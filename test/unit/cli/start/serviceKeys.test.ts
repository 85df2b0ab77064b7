import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openServiceKeys } from '../../../../cli/start/serviceKeys.js';
import { localServices } from '../../../../cli/start/services.js';

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'keys-')), 'keys');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

describe('the keys of a local start', () => {
  it('are made once, and are there from then on', () => {
    const first = openServiceKeys(folder);
    expect(openServiceKeys(folder)).toEqual(first);
    expect(first.gateway).not.toBe(first.margin);
  });

  it('are for their owner only, and leave nothing else behind', () => {
    openServiceKeys(folder);
    const modes = readdirSync(folder).map((name) => [
      name,
      (statSync(join(folder, name)).mode & 0o777).toString(8),
    ]);
    expect(modes.sort()).toEqual([
      ['gateway-signing-key.json', '600'],
      ['margin-signing-key.json', '600'],
    ]);
  });

  it('are not made over what somebody else has put there', () => {
    openServiceKeys(folder);
    writeFileSync(join(folder, 'margin-signing-key.json'), 'mine');
    expect(() => openServiceKeys(folder)).toThrow(/margin-signing-key\.json holds no signing key/);
  });

  it('reach each service: the public ones all, a private one its owner', () => {
    const keys = { gateway: 'private 1', margin: 'private 2', trusted: 'public' };
    const ports = [1, 2, 3, 4, 5, 6];
    const options = {
      environment: {},
      dataDirectory: '.data',
      gatewayPort: 4000,
      ports,
      databaseUrl: '',
      keys,
    };
    const { core, edge } = localServices(options);
    const given = [...core, ...edge].map(({ name, environment }) => [
      name,
      environment['TRUSTED_KEYS'],
      environment['SIGNING_KEY'],
    ]);
    expect(given).toEqual([
      ['accounts', 'public', undefined],
      ['oracle', 'public', undefined],
      ['margin', 'public', 'private 2'],
      ['deribit', 'public', undefined],
      ['okx', 'public', undefined],
      ['bybit', 'public', undefined],
      ['gateway', undefined, 'private 1'],
    ]);
  });
});
