import { readdirSync, readFileSync } from 'node:fs';
import { Kind, parse, type OperationDefinitionNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { exampleOperations } from '../../../web/exampleOperations.js';

const folder = new URL('../../../web/operations/', import.meta.url);
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.graphql'))
  .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));

/** The one operation of a document; throws when there is another definition beside it. */
function onlyOperation(text: string): OperationDefinitionNode {
  const [definition, ...others] = parse(text).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION || others.length > 0) {
    throw new Error('Not exactly one operation');
  }
  return definition;
}

const nameOf = (text: string): string | undefined => onlyOperation(text).name?.value;

describe('the tabs of the page', () => {
  it('lead from a first look to a change and its effect', () => {
    expect(exampleOperations.map(({ query }) => nameOf(query))).toEqual([
      'UnifiedAccount',
      'EveryAccount',
      'CompareArchitectures',
      'WhatIf',
      'WatchMarginCalls',
      'MovePrice',
      'WatchRequirement',
    ]);
  });

  it('show every operation file once, and nothing else', () => {
    const shown = exampleOperations.map(({ query }) => query);

    expect(shown.toSorted()).toEqual(files.map(({ text }) => text).toSorted());
  });

  it('run as they are: each variable has a value or a default, and each value a variable', () => {
    const gaps = exampleOperations.map(({ query, variables = '{}' }) => {
      const declared = onlyOperation(query).variableDefinitions ?? [];
      const given = Object.keys(JSON.parse(variables) as Readonly<Record<string, unknown>>);
      const needed = declared
        .filter(({ type, defaultValue }) => type.kind === Kind.NON_NULL_TYPE && !defaultValue)
        .map(({ variable }) => variable.name.value);
      const known = declared.map(({ variable }) => variable.name.value);
      return {
        missing: needed.filter((name) => !given.includes(name)),
        unknown: given.filter((name) => !known.includes(name)),
      };
    });

    expect(gaps).toEqual(exampleOperations.map(() => ({ missing: [], unknown: [] })));
  });
});

describe.each(files)('web/operations/$name', ({ name, text }) => {
  it('is named after its one operation', () => {
    const operation = nameOf(text) ?? '';

    expect(name).toBe(`${operation.charAt(0).toLowerCase()}${operation.slice(1)}.graphql`);
  });

  it('begins with one line that says what it shows', () => {
    const [first = '', second = ''] = text.split('\n');

    expect([first, second]).toEqual([
      expect.stringMatching(/^# [A-Z].*\.$/),
      expect.stringMatching(/^(query|mutation|subscription) /),
    ]);
  });
});
