import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The tests of one rule before those of any portfolio and the published numbers: most mutants fall to them, and soonest. */
export class NearestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const last = ({ moduleId }: TestSpecification) =>
      Number(/\/(any|vectors|presets)\w*\.test/.test(moduleId));
    return Promise.resolve(files.toSorted((one, other) => last(one) - last(other)));
  }
}
