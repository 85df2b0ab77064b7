/** How an explanation names a position or balance: «venue account»/«its id there». */

import type { RiskLine } from '../risk/riskBook.js';

export const placeOf = ({ venueAccountId, id }: RiskLine): string => `${venueAccountId}/${id}`;
