import { err, ok, type Result } from '@hetao/kernel';
import { isolationErrors, type IsolationError } from './isolation.errors.js';

/** The isolation ladder, weakest first. What a rung promises, every higher rung promises too. */
export const isolationLevels = ['L0', 'L1', 'L2', 'L3', 'L4', 'L5'] as const;
export type IsolationLevel = (typeof isolationLevels)[number];

/** How sensitive a dataset is; each class has a floor below which nothing runs on it. */
export const dataClasses = ['synthetic', 'anonymised', 'class_2', 'class_3', 'class_4', 'important'] as const;
export type DataClass = (typeof dataClasses)[number];

const FLOORS: Readonly<Record<DataClass, IsolationLevel>> = {
  synthetic: 'L0',
  anonymised: 'L1',
  class_2: 'L2',
  class_3: 'L3',
  class_4: 'L4',
  important: 'L5',
};

/** Below this rung nothing keeps a researcher's own code from the network. */
export const OWN_CODE_FLOOR: IsolationLevel = 'L2';

/** One thing a rung promises, tried by the probe. */
export interface IsolationCheck {
  /** `network: tcp`, `files: canary`, `processes: supervisor` … */
  readonly name: string;
  /** True when what was tried was refused. */
  readonly held: boolean;
  /** What the system said, at most a line. */
  readonly detail: string;
}

/** What the probe found on one rung. */
export interface RungReport {
  readonly level: IsolationLevel;
  readonly available: boolean;
  readonly checks: readonly IsolationCheck[];
  /** Why the rung cannot be stood on; null where it can. */
  readonly reason: string | null;
}

/** The lowest rung on which anything may run on data of this class. */
export function floorOf(dataClass: DataClass): IsolationLevel {
  return FLOORS[dataClass];
}

/** Of several floors the highest holds. */
export function strictest(...levels: readonly IsolationLevel[]): IsolationLevel {
  return levels.reduce((highest, level) => (isBelow(highest, level) ? level : highest), 'L0');
}

export function isBelow(level: IsolationLevel, floor: IsolationLevel): boolean {
  return isolationLevels.indexOf(level) < isolationLevels.indexOf(floor);
}

/**
 * The rung a worker runs on: the highest one that the probe could stand on. Fails closed: what was not probed is not
 * there.
 *
 * @returns ISOLATION_TOO_WEAK when that rung lies below the floor.
 */
export function chooseLevel(
  rungs: readonly RungReport[],
  floor: IsolationLevel,
): Result<IsolationLevel, IsolationError> {
  const level = highestOf(rungs);
  if (level !== null && !isBelow(level, floor)) return ok(level);
  const missing = rungs.find((rung) => rung.level === floor)?.reason ?? 'it was never probed';
  return err(
    isolationErrors.ISOLATION_TOO_WEAK(
      `This needs ${floor}; this machine reaches ${level ?? 'none'}. ${floor} is not there: ${missing}`,
      { meta: { floor, level } },
    ),
  );
}

/** The highest rung on which everything held, with every rung under it; null when not even the first did. */
export function highestOf(rungs: readonly RungReport[]): IsolationLevel | null {
  let highest: IsolationLevel | null = null;
  for (const level of isolationLevels) {
    if (rungs.find((rung) => rung.level === level)?.available !== true) return highest;
    highest = level;
  }
  return highest;
}
