/** Years between two days, each day counted in its own year (Actual/Actual ISDA). */

const DAY_MS = 86_400_000;

/** Negative when `end` is before `start`. Both are midnights, UTC. */
export function actualYears(start: Date, end: Date): number {
  const [first, last] = [start.getUTCFullYear(), end.getUTCFullYear()];
  return last - first + partOfYear(end) - partOfYear(start);
}

function partOfYear(day: Date): number {
  const year = day.getUTCFullYear();
  const [newYear, next] = [Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)];
  return (day.getTime() - newYear) / DAY_MS / ((next - newYear) / DAY_MS);
}
