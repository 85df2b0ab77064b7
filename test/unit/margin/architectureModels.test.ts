import { describe, expect, it, vi } from 'vitest';
import { ArchitectureModels } from '../../../subgraphs/margin/live/architectureModels.js';
import { MarginParameters } from '../../../subgraphs/margin/parameters/marginParameters.js';
import type { MarginSet } from '../../../subgraphs/margin/parameters/marginSet.js';

const loaded = MarginParameters.load();
const day = (text: string) => new Date(`${text}T00:00:00Z`);
const anySet = loaded.inForce('standard', new Date());

/** One set of every model from the first day on, and another from the tenth. */
function twoVersions() {
  const version = (name: string, effectiveFrom: Date): MarginSet => ({
    ...anySet,
    name,
    effectiveFrom,
  });
  const sets = [version('set-1', day('2030-01-01')), version('set-2', day('2030-01-10'))];
  const inForce = vi.fn((_: string, at: Date) => {
    const found = sets.findLast(({ effectiveFrom }) => effectiveFrom <= at);
    if (found === undefined) throw new Error('none is in force');
    return found;
  });
  return { models: new ArchitectureModels({ sets, inForce }), inForce };
}

describe('the model of an architecture', () => {
  it('is that of its parameter set in force', () => {
    const models = new ArchitectureModels(loaded);
    const at = new Date();
    const names = (['ISOLATED', 'CROSS', 'PORTFOLIO'] as const).map(
      (architecture) => models.under(architecture, at).model,
    );

    expect(names).toEqual(['isolated', 'standard', 'portfolio']);
  });

  it('changes on the day of the next set, and back for an instant before it', () => {
    const { models } = twoVersions();
    const at = ['2030-01-09', '2030-01-10', '2030-01-09'].map(day);

    expect(at.map((instant) => models.under('CROSS', instant).name)).toEqual([
      'set-1',
      'set-2',
      'set-1',
    ]);
    expect(at.map((instant) => models.nextChangeMs(instant))).toEqual([
      day('2030-01-10').getTime(),
      Infinity,
      day('2030-01-10').getTime(),
    ]);
  });

  it('is looked up once for all that is asked between two days', () => {
    const { models, inForce } = twoVersions();
    for (let hour = 0; hour < 24; hour++) {
      models.under('CROSS', new Date(day('2030-01-05').getTime() + hour * 3_600_000));
    }

    expect(inForce).toHaveBeenCalledTimes(3);
  });

  it('is an error while none is in force yet', () => {
    const { models } = twoVersions();

    expect(() => models.under('CROSS', day('2029-12-31'))).toThrow('none is in force');
  });
});
