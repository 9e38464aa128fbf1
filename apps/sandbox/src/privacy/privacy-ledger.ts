import { err, ok, type Result } from '@hetao/kernel';
import { epsilonOf, type Mechanism, type Spending } from '@hetao/learning';
import { privacyErrors, type PrivacyError } from './privacy.errors.js';

/** reference/sandbox.md section 7: nobody gets more, whatever an agreement says. */
export const MOST_EPSILON = 20;

/** What spends: a run of training, a query under differential privacy, a release at the cut layer. */
export const spenders = ['training_run', 'query', 'cut_release'] as const;
export type Spender = (typeof spenders)[number];

/** What one spender holds of a budget and has used of it, in runs of one mechanism. */
export interface Entry {
  readonly spender: Spender;
  readonly spenderId: string;
  readonly mechanism: Mechanism;
  /** How often it may still and did run, together. */
  readonly reserved: number;
  readonly charged: number;
}

/** The budget of one project on one version of a dataset. It is never refilled. */
export interface PrivacyLedger {
  readonly id: string;
  readonly epsilonCap: number;
  readonly delta: number;
  readonly entries: readonly Entry[];
}

/** min(10⁻⁶, 1/(10 N)): at any δ near 1/N a mechanism might publish one patient outright. */
export function deltaFor(patients: number): number {
  return Math.min(1e-6, 1 / (10 * patients));
}

/** ε of what was charged: of what has left, or may have. */
export function epsilonCharged({ entries, delta }: PrivacyLedger): number {
  return epsilonOf(
    entries.map(({ mechanism, charged }) => ({ mechanism, count: charged })),
    delta,
  ).epsilon;
}

/** ε if every reservation were used to its end. */
export function epsilonReserved({ entries, delta }: PrivacyLedger): number {
  return epsilonOf(entries.map(asReserved), delta).epsilon;
}

/** Sets `count` runs of a mechanism aside. @returns the entry, or PRIVACY_BUDGET_EXHAUSTED. */
export function reserve(
  ledger: PrivacyLedger,
  wanted: Pick<Entry, 'spender' | 'spenderId' | 'mechanism'> & { readonly count: number },
): Result<Entry, PrivacyError> {
  const { count, ...entry } = wanted;
  const planned = [...ledger.entries.map(asReserved), { mechanism: wanted.mechanism, count }];
  const epsilon = epsilonOf(planned, ledger.delta).epsilon;
  if (epsilon <= ledger.epsilonCap) return ok({ ...entry, reserved: count, charged: 0 });
  const held = epsilonReserved(ledger);
  const detail = `With this, ε would be ${shown(epsilon)} at δ ${ledger.delta}; the cap is ${ledger.epsilonCap} and ${shown(held)} is taken.`;
  return err(
    privacyErrors.PRIVACY_BUDGET_EXHAUSTED(detail, { meta: { epsilon, cap: ledger.epsilonCap, taken: held } }),
  );
}

/** One more run of what was reserved. @returns the entry after it, or PRIVACY_RESERVATION_USED_UP. */
export function charge(entry: Entry): Result<Entry, PrivacyError> {
  if (entry.charged < entry.reserved) return ok({ ...entry, charged: entry.charged + 1 });
  return err(privacyErrors.PRIVACY_RESERVATION_USED_UP(`${entry.reserved} of ${entry.reserved} are charged.`));
}

/** Gives back what was set aside and not used; what was charged stays charged for ever. */
export function giveBack(entry: Entry): Entry {
  return { ...entry, reserved: entry.charged };
}

function asReserved({ mechanism, reserved }: Entry): Spending {
  return { mechanism, count: reserved };
}

function shown(epsilon: number): string {
  return epsilon.toFixed(3);
}
