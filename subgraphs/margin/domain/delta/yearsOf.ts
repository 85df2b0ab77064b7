const SECONDS_PER_YEAR = 365 * 86_400;

/** Seconds as years of 365 days; time that has passed is no time. */
export const yearsOf = (seconds: number): number => Math.max(seconds, 0) / SECONDS_PER_YEAR;
