import { err, ok, type LocalizedText, type Result } from '@hetao/kernel';
import { riskErrors, type RiskError } from './risk.errors.js';

/** The score that held a declaration, in figures and words of the risk rules of that day: later ones may differ. */
export interface HoldRisk {
  readonly score: number;
  readonly holdAt: number;
  readonly rules: readonly { readonly id: string; readonly text: LocalizedText; readonly points: number }[];
}

/** Keeps a declaration from being released, until two officers let it go. */
export interface Hold {
  readonly id: string;
  readonly declarationId: string;
  readonly reason: string;
  /** Risk rules that held it; empty where an officer did. */
  readonly riskReasons: readonly string[];
  /** Null where an officer held it. */
  readonly risk: HoldRisk | null;
  readonly putBy: string;
  readonly putAt: Date;
  readonly liftReason: string | null;
  readonly liftAskedBy: string | null;
  readonly liftAskedAt: Date | null;
  readonly liftedBy: string | null;
  readonly liftedAt: Date | null;
}

/** An officer asks to lift a hold, and says why. Asking again replaces the request. */
export function askToLift(
  before: Hold,
  ask: { readonly reason: string; readonly by: string; readonly at: Date },
): Result<Hold, RiskError> {
  if (before.liftedAt !== null) return err(riskErrors.HOLD_LIFTED(`Hold ${before.id} was lifted.`));
  return ok({ ...before, liftReason: ask.reason, liftAskedBy: ask.by, liftAskedAt: ask.at });
}

/** A second officer lifts it. */
export function liftHold(
  before: Hold,
  { by, at }: { readonly by: string; readonly at: Date },
): Result<Hold, RiskError> {
  if (before.liftedAt !== null) return ok(before);
  if (before.liftAskedBy === null) return err(riskErrors.HOLD_LIFT_NOT_ASKED(`Hold ${before.id} stands.`));
  if (before.liftAskedBy === by) {
    return err(riskErrors.HOLD_FOUR_EYES(`${by} asked to lift hold ${before.id} himself.`));
  }
  return ok({ ...before, liftedBy: by, liftedAt: at });
}
