/** The portfolio cannot be used. */
export const EXIT_BAD_INPUT = 1;
/** The command was called in a way that it does not know. */
export const EXIT_USAGE = 2;
