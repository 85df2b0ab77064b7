/** Exit statuses that a supervisor tells apart. */

/** Wrong configuration (EX_CONFIG of sysexits.h): starting again would not help. */
export const EXIT_CONFIG = 78;
