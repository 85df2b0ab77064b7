import { z } from 'zod';

/** A share of a value, such as 0.02 for 2 %; never negative, and at most ten times the value. */
export const rateSchema = z.number().min(0).max(10);
