/** The value below which this share of all lies; of none, 0. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

/** One reading of something that changes. */
export interface Reading {
  readonly atMs: number;
  readonly value: number;
}

const MS_PER_HOUR = 3_600_000;

/** By how much a row of readings rises in an hour: the slope of the line that fits them best (least squares). */
export function risePerHour(readings: readonly Reading[]): number {
  const count = readings.length;
  if (count < 2) return 0;
  const meanAt = readings.reduce((sum, { atMs }) => sum + atMs, 0) / count;
  const mean = readings.reduce((sum, { value }) => sum + value, 0) / count;
  const [covariance, variance] = readings.reduce(
    ([both, own], { atMs, value }) => [both + (atMs - meanAt) * (value - mean), own + (atMs - meanAt) ** 2],
    [0, 0],
  );
  return variance === 0 ? 0 : (covariance / variance) * MS_PER_HOUR;
}
