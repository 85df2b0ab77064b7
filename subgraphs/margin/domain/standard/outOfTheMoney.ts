import { larger, price, subtract, type Price } from '../../../shared/units.js';
import type { StandardOption } from './standardPosition.js';

const ZERO = price('0');

/** How far the index is from where exercising the option pays; 0 where it pays now. */
export const outOfTheMoney = ({ optionType, strike, indexPrice }: StandardOption): Price =>
  larger(optionType === 'CALL' ? subtract(strike, indexPrice) : subtract(indexPrice, strike), ZERO);
