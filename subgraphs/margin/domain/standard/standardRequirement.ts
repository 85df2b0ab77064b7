/** One of the two requirements of a book, with what made it; see `bookRequirement`. */

import { bookRequirement } from './bookRequirement.js';
import { chargedBook } from './chargedPosition.js';
import type { ExactRequirement } from './exactRequirement.js';
import type { MarginKind } from './marginPair.js';
import type { StandardBook } from './standardPosition.js';
import type { StandardRules } from './standardRules.js';

export const standardRequirement = (
  book: StandardBook,
  rules: StandardRules,
  kind: MarginKind,
): ExactRequirement => bookRequirement(chargedBook(book, rules), rules.spreads)[kind];
