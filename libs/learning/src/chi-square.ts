/** How well counts fit what was expected: Pearson's statistic, and how likely a worse fit is. */
export interface Fit {
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly p: number;
}

/** Cells that expect fewer than this are joined with their neighbour, since the statistic is no χ² otherwise. */
const FEWEST_EXPECTED = 10;

/** Pearson's test. @param expected how many of each are expected, with the same sum as `observed`. */
export function chiSquareTest(observed: readonly number[], expected: readonly number[]): Fit {
  let statistic = 0;
  let cells = 0;
  let [seen, due] = [0, 0];
  observed.forEach((count, cell) => {
    seen += count;
    due += expected[cell] ?? 0;
    if (due < FEWEST_EXPECTED && cell < observed.length - 1) return;
    statistic += (seen - due) ** 2 / due;
    cells += 1;
    [seen, due] = [0, 0];
  });
  return { statistic, degreesOfFreedom: cells - 1, p: upperTail(statistic, cells - 1) };
}

/** P(χ²_k > x) by Wilson and Hilferty (1931): the cube root of χ²/k is nearly normal. Good to 10⁻³ from ten cells on. */
function upperTail(x: number, k: number): number {
  const spread = 2 / (9 * k);
  const z = (Math.cbrt(x / k) - (1 - spread)) / Math.sqrt(spread);
  const tail = normalTail(Math.abs(z));
  return z > 0 ? tail : 1 - tail;
}

/** P(Z > z) for z ≥ 0 (Abramowitz and Stegun 26.2.17). */
function normalTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series;
}
