import { cruise, type IForbiddenRuleType, type ICruiseResult } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { describe, expect, it } from 'vitest';

const rule = (name: string, from: object, to: object): IForbiddenRuleType => ({
  name,
  severity: 'error',
  from,
  to,
});

const forbidden = [
  rule('no circular imports', {}, { circular: true }),
  rule(
    'domain imports only domain, units and assertions',
    { path: '^subgraphs/([^/]+)/domain/' },
    {
      pathNot:
        '^subgraphs/$1/domain/|^subgraphs/shared/(units\\.ts$|pricing/)|^(node:)?(assert|crypto)|node_modules/(pure-rand|zod)/',
    },
  ),
  rule(
    'a subgraph never imports another',
    { path: '^subgraphs/(accounts|oracle|margin|venues)/' },
    { path: '^subgraphs/(accounts|oracle|margin|venues)/', pathNot: '^subgraphs/$1/' },
  ),
  rule(
    'the gateway imports nothing of the subgraphs but what every process shares',
    { path: '^gateway/' },
    { path: '^subgraphs/', pathNot: '^subgraphs/shared/' },
  ),
  rule(
    'shared code knows nobody who uses it',
    { path: '^subgraphs/shared/' },
    { path: '^(gateway|cli|web)/|^subgraphs/(?!shared/)' },
  ),
  rule(
    'the page imports nothing of the servers',
    { path: '^web/' },
    { path: '^(gateway|subgraphs|cli|prisma)/' },
  ),
  rule('only a command imports a main', { pathNot: '\\.mjs$' }, { path: '/main\\.ts$' }),
  rule('the product does not import its tests', { pathNot: '^test/' }, { path: '^test/' }),
];

const rooms = ['gateway', 'subgraphs', 'cli', 'web', 'prisma/seed.ts', 'test'];

describe('imports', () => {
  it('go only in the directions that keep the rooms apart', { timeout: 120_000 }, async () => {
    const { output } = await cruise(
      rooms,
      {
        validate: true,
        ruleSet: { forbidden },
        doNotFollow: { path: 'node_modules' },
        exclude: { path: '^prisma/generated|^web/dist' },
        tsPreCompilationDeps: true,
      },
      { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
      { tsConfig: extractTSConfig('tsconfig.json') },
    );
    const { violations, totalCruised } = (output as ICruiseResult).summary;

    expect(violations.map(({ rule: { name }, from, to }) => `${name}: ${from} → ${to}`)).toEqual(
      [],
    );
    expect(totalCruised).toBeGreaterThan(50);
  });
});
