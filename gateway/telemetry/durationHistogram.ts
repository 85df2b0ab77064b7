/**
 * How often something took how long, for Prometheus.
 *
 * Written by hand: prom-client 15 looks up the series of a histogram by its labels at each
 * observation, which is the dearest part of it, and there are five to a request.
 */

export interface DurationHistogramOptions<Label extends string> {
  readonly name: string;
  /** One line of plain text. */
  readonly help: string;
  readonly labelNames: readonly Label[];
  /** Upper bounds in seconds, ascending; one more bucket is above them all. */
  readonly bounds: readonly number[];
}

/** Observes one series, whose labels have been looked up once. */
export type ObserveSeconds = (seconds: number) => void;

interface Series {
  /** `name="value"`, with commas between. */
  readonly labels: string;
  /** Per bucket, and not cumulative as Prometheus has them. */
  readonly counts: Float64Array;
  seconds: number;
}

export class DurationHistogram<Label extends string> {
  readonly #options: DurationHistogramOptions<Label>;
  readonly #series = new Map<string, Series>();

  constructor(options: DurationHistogramOptions<Label>) {
    this.#options = options;
  }

  /** The same labels are the same series. Ask once, and keep it. */
  series(values: Readonly<Record<Label, string>>): ObserveSeconds {
    const { bounds } = this.#options;
    const series = this.#seriesOf(values);
    const { counts } = series;
    return (seconds) => {
      let bucket = 0;
      while (seconds > (bounds[bucket] ?? Infinity)) bucket += 1;
      counts[bucket] = (counts[bucket] ?? 0) + 1;
      series.seconds += seconds;
    };
  }

  /** In Prometheus's text format, with a line break at the end. */
  exposition(): string {
    const { name, help } = this.#options;
    const lines = [...this.#series.values()].flatMap((series) => this.#lines(series));
    return [`# HELP ${name} ${help}`, `# TYPE ${name} histogram`, ...lines, ''].join('\n');
  }

  #seriesOf(values: Readonly<Record<Label, string>>): Series {
    const { labelNames, bounds } = this.#options;
    const labels = labelNames.map((label) => `${label}="${escaped(values[label])}"`).join(',');
    const known = this.#series.get(labels);
    if (known) return known;
    const series = { labels, counts: new Float64Array(bounds.length + 1), seconds: 0 };
    this.#series.set(labels, series);
    return series;
  }

  #lines({ labels, counts, seconds }: Series): string[] {
    const { name, bounds } = this.#options;
    let upTo = 0;
    const buckets = [...counts].map((count, index) => {
      upTo += count;
      return `${name}_bucket{le="${bounds[index] ?? '+Inf'}",${labels}} ${upTo}`;
    });
    return [...buckets, `${name}_sum{${labels}} ${seconds}`, `${name}_count{${labels}} ${upTo}`];
  }
}

/** Source: Prometheus's text format, “Comments, help text, and type information”. */
const escaped = (value: string) =>
  value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');
