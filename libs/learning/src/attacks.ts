/** One row of what an attacker sees, beside what he wants to know. */
export interface Observation {
  readonly seen: ArrayLike<number>;
  readonly wanted: ArrayLike<number>;
}

/**
 * Linear reconstruction: least squares from what is seen to what is wanted, fitted on one half and judged on the other.
 * It is what an attacker with auxiliary records can do at least (reference: UnSplit's inversion with a linear decoder).
 *
 * @returns the mean R² over the wanted numbers; at most 1, and 0 or less when nothing is learned.
 */
export function linearReconstruction(observations: readonly Observation[], ridge = 1e-3): number {
  const half = Math.floor(observations.length / 2);
  const [known, judged] = [observations.slice(0, half), observations.slice(half)];
  const size = (known[0]?.seen.length ?? 0) + 1;
  const width = known[0]?.wanted.length ?? 0;
  const normal = Array.from({ length: size }, () => new Float64Array(size + width));
  for (const { seen, wanted } of known) {
    for (let row = 0; row < size; row += 1) {
      const line = normal[row] as Float64Array;
      const value = row === 0 ? 1 : (seen[row - 1] ?? 0);
      for (let column = 0; column < size; column += 1)
        line[column]! += value * (column === 0 ? 1 : (seen[column - 1] ?? 0));
      for (let column = 0; column < width; column += 1) line[size + column]! += value * (wanted[column] ?? 0);
    }
  }
  normal.forEach((line, row) => (line[row]! += ridge * known.length));
  solve(normal);
  return meanR2(judged, normal, size, width);
}

/** Gauss and Jordan; the ridge keeps every pivot away from zero. */
function solve(system: readonly Float64Array[]): void {
  system.forEach((line, pivot) => {
    const head = line[pivot] as number;
    for (let at = 0; at < line.length; at += 1) line[at]! /= head;
    for (const other of system) {
      const factor = other[pivot] as number;
      if (other === line || factor === 0) continue;
      for (let at = 0; at < other.length; at += 1) other[at]! -= factor * (line[at] as number);
    }
  });
}

function meanR2(judged: readonly Observation[], solved: readonly Float64Array[], size: number, width: number): number {
  let sum = 0;
  for (let column = 0; column < width; column += 1) {
    const truths = judged.map(({ wanted }) => wanted[column] ?? 0);
    const mean = truths.reduce((total, value) => total + value, 0) / truths.length;
    let [wrong, spread] = [0, 0];
    judged.forEach(({ seen }, index) => {
      let guess = solved[0]?.[size + column] ?? 0;
      for (let row = 1; row < size; row += 1) guess += (seen[row - 1] ?? 0) * (solved[row]?.[size + column] ?? 0);
      wrong += ((truths[index] ?? 0) - guess) ** 2;
      spread += ((truths[index] ?? 0) - mean) ** 2;
    });
    sum += spread === 0 ? 0 : 1 - wrong / spread;
  }
  return sum / width;
}
