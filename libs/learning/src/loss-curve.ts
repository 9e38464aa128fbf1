/** One point of a curve: up to which round, and the mean loss of the patients since the point before. */
export interface CurvePoint {
  readonly round: number;
  readonly loss: number;
}

/** What is known of the rounds since the last point. */
export interface OpenPoint {
  readonly lossSum: number;
  readonly count: number;
}

/** A curve that grows: at most 200 points over all rounds, each over at least 50 patients, in three digits. */
export interface LossCurve {
  readonly points: readonly CurvePoint[];
  readonly open: OpenPoint;
}

export const MOST_POINTS = 200;
export const FEWEST_PATIENTS = 50;
const DIGITS = 1_000;

export const emptyCurve: LossCurve = { points: [], open: { lossSum: 0, count: 0 } };

/** The curve with one more round. @param rounds how many are planned: so many points as fit are spread over them. */
export function withRound(
  curve: LossCurve,
  told: { readonly round: number; readonly lossSum: number; readonly count: number },
  rounds: number,
): LossCurve {
  const open = { lossSum: curve.open.lossSum + told.lossSum, count: curve.open.count + told.count };
  const every = Math.max(1, Math.ceil(rounds / MOST_POINTS));
  if (told.round % every !== 0 || open.count < FEWEST_PATIENTS || curve.points.length >= MOST_POINTS) {
    return { points: curve.points, open };
  }
  const loss = Math.round((Math.max(0, open.lossSum) / open.count) * DIGITS) / DIGITS;
  return { points: [...curve.points, { round: told.round, loss }], open: emptyCurve.open };
}
