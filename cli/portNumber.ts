import { InvalidArgumentError } from 'commander';

/** A TCP port from the command line. */
export function portNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > 65_535) {
    throw new InvalidArgumentError(`A port is a number from 1 to 65535, not "${text}".`);
  }
  return value;
}
