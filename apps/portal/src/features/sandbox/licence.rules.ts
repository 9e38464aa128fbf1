import type { ComputeLicence, PrivacyLedger } from '@hetao/client';

/** What is counted against an agreement, the first thing people run out of first. */
export const licenceMeters = ['session_minutes', 'vcpu_seconds', 'gb_seconds', 'output_files', 'predictions'] as const;

/** One thing an agreement allows so much of. */
export interface Allowance {
  readonly meter: (typeof licenceMeters)[number] | 'epsilon';
  readonly used: number;
  readonly limit: number;
}

/** What was used of what was agreed; the privacy budget as the ledger of this agreement has it, held back included. */
export function allowancesOf(
  { grounds, used, limits }: Pick<ComputeLicence, 'grounds' | 'used' | 'limits'>,
  ledgers: readonly Pick<PrivacyLedger, 'project_id' | 'epsilon_cap' | 'epsilon_reserved'>[],
): readonly Allowance[] {
  if (grounds === null || used === null) return [];
  const ledger = ledgers.find(({ project_id: project }) => project === grounds.agreement_id);
  return [
    ...licenceMeters.map((meter) => ({ meter, used: used[meter], limit: limits[meter] })),
    { meter: 'epsilon', used: ledger?.epsilon_reserved ?? 0, limit: ledger?.epsilon_cap ?? limits.epsilon },
  ];
}

/** Which sentence tells what the border has to do with looking at the data. */
export function borderOf({ is_export: isExport, release_id: releaseId }: NonNullable<ComputeLicence['grounds']>) {
  if (!isExport) return 'noExport';
  return releaseId === null ? 'exportFree' : 'export';
}

/** A quantity of at most two decimals, as text. */
export function amountText(amount: number): string {
  return String(Math.round(amount * 100) / 100);
}
