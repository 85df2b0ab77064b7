/** What a run of the pack was asked for: its settings file. */

import { requiredAt, type XmlElement } from './xmlElement.js';

export interface RunSettings {
  /** Last part of the output path, such as IM_SCHEDULE: what the expected files are named after. */
  readonly output: string;
  /** The day of the run; maturities count from it. */
  readonly asOf: Date;
  readonly kind: 'MARGIN' | 'SCHEDULE';
  readonly crif: string;
  readonly calculationCurrency: string;
  /** Null where the run does not say. */
  readonly version: string | null;
  readonly marginPeriodDays: number | null;
}

const KINDS: Readonly<Record<string, RunSettings['kind']>> = {
  simm: 'MARGIN',
  imschedule: 'SCHEDULE',
};

/** Throws where the settings ask for no margin. */
export function runSettings(root: XmlElement): RunSettings {
  const setup = parametersOf(requiredAt(root, 'Setup'));
  const analytic = requiredAt(root, 'Analytics').children.find(
    ({ attributes }) => KINDS[attributes.get('type') ?? ''] !== undefined,
  );
  const kind = KINDS[analytic?.attributes.get('type') ?? ''];
  if (analytic === undefined || kind === undefined) throw new Error('asks for no margin');
  const asked = parametersOf(analytic);
  const days = asked.get('mporDays');
  return {
    output: setup.get('outputPath')?.split('/').at(-1) ?? '',
    asOf: new Date(`${setup.get('asofDate') ?? ''}T00:00:00Z`),
    kind,
    crif: asked.get('crif') ?? 'crif.csv',
    calculationCurrency: asked.get('calculationCurrency') ?? 'USD',
    version: asked.get('version') ?? null,
    marginPeriodDays: days === undefined ? null : Number(days),
  };
}

const parametersOf = (element: XmlElement): ReadonlyMap<string, string> =>
  new Map(element.children.map(({ attributes, text }) => [attributes.get('name') ?? '', text]));
