/**
 * The standard normal distribution function in float64, within 1e-15 of its value everywhere.
 *
 * Source: W. J. Cody, "Rational Chebyshev approximations for the error function", Mathematics of
 * Computation 23 (1969), with the coefficients of his CALERF, highest power first.
 */

const SMALL = {
  numerator: [
    1.85777706184603153e-1, 3.1611237438705656, 1.13864154151050156e2, 3.77485237685302021e2,
    3.20937758913846947e3,
  ],
  denominator: [
    1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3,
  ],
};

const MIDDLE = {
  numerator: [
    2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594, 6.61191906371416295e1,
    2.98635138197400131e2, 8.8195222124176909e2, 1.71204761263407058e3, 2.05107837782607147e3,
    1.23033935479799725e3,
  ],
  denominator: [
    1, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3,
    3.29079923573345963e3, 4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3,
  ],
};

const LARGE = {
  numerator: [
    1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1,
    1.60837851487422766e-2, 6.58749161529837803e-4,
  ],
  denominator: [
    1, 2.56852019228982242, 1.87295284992346725, 5.27905102951428412e-1, 6.05183413124413191e-2,
    2.33520497626869185e-3,
  ],
};

const SQRT_PI = Math.sqrt(Math.PI);

/** Probability that a standard normal variable is at most `x`; exact at ±∞. */
export const normalCdf = (x: number): number => 0.5 * erfc(-x / Math.SQRT2);

/** Height of the standard normal bell at `x`: 1/√(2π) at 0, zero at ±∞. */
export function normalDensity(x: number): number {
  const size = Math.abs(x) / Math.SQRT2;
  if (size > 27.3) return 0; // Below the smallest float64.
  return expMinusSquare(size) / Math.sqrt(2 * Math.PI);
}

/** 1 − erf(x), without losing the digits of its tail. */
function erfc(x: number): number {
  const size = Math.abs(x);
  if (size <= 0.46875) return 1 - x * rational(SMALL, x * x);
  const tail = size <= 4 ? expMinusSquare(size) * rational(MIDDLE, size) : farTail(size);
  return x < 0 ? 2 - tail : tail;
}

function farTail(size: number): number {
  if (size > 27) return 0; // Below the smallest float64.
  const inverse = 1 / (size * size);
  return (expMinusSquare(size) / size) * (1 / SQRT_PI - inverse * rational(LARGE, inverse));
}

/** e^(−x²), where squaring x at once would lose digits that the exponential makes visible. */
function expMinusSquare(x: number): number {
  const coarse = Math.trunc(x * 16) / 16;
  return Math.exp(-coarse * coarse) * Math.exp(-(x - coarse) * (x + coarse));
}

interface Coefficients {
  readonly numerator: readonly number[];
  readonly denominator: readonly number[];
}

const rational = ({ numerator, denominator }: Coefficients, x: number) =>
  polynomial(numerator, x) / polynomial(denominator, x);

const polynomial = (coefficients: readonly number[], x: number) =>
  coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
