import { readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { isEnumType, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { ratio, type Ratio } from '../../../subgraphs/shared/units.js';
import { parameters } from '../../unit/margin/books.js';

const sdl = readFileSync(
  new URL('../../../subgraphs/margin/schema.graphql', import.meta.url),
  'utf8',
);

/** The first number in a description. */
const levelIn = (description: string | null | undefined): Ratio =>
  ratio(/\d\.\d+/.exec(description ?? '')?.[0] ?? '0');

describe('the descriptions of the margin schema', () => {
  it('name the levels that the parameters in force set', () => {
    const schema = buildSubgraphSchema(parse(sdl));
    const statuses = schema.getType('MarginStatus');
    if (!isEnumType(statuses)) throw new Error('MarginStatus is no enum');
    const about = (status: string) => statuses.getValue(status)?.description;
    const { ladder } = parameters;

    expect({
      warn: levelIn(about('WARNING')),
      clear: levelIn(about('WARNING')?.split('again at')[1]),
      call: levelIn(about('CALL')),
      close: levelIn(about('CALL')?.split('reaches')[1]),
      liquidate: levelIn(about('LIQUIDATION')),
    }).toEqual(ladder);
    expect(levelIn(about('LIQUIDATION')?.split('until')[1])).toEqual(ladder.close);
  });
});
