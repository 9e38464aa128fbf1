/**
 * What compute is counted in. Jobs and training take the first two, a session the third, a released table or model the fourth,
 * a row put to a model the last.
 */
export const computeMeters = ['vcpu_seconds', 'gb_seconds', 'session_minutes', 'output_files', 'predictions'] as const;
export type ComputeMeter = (typeof computeMeters)[number];

/** Amounts by meter, as decimal numbers of three digits at most. */
export type ComputeAmounts = Readonly<Partial<Record<ComputeMeter, number>>>;

/** The money's own life beside the job's. Failures of the house are refunded, whatever was used. */
export type MoneyState = 'reserved' | 'settled' | 'refunded';

const DIGITS = 3;
const MS = 1_000;
const KIB_A_GIB = 1024 * 1024;

/** What counters of the kernel come to. */
export function amountsOf(counters: {
  readonly cpuMs: number;
  readonly peakKib: number;
  readonly wallMs: number;
}): ComputeAmounts {
  return {
    vcpu_seconds: rounded(counters.cpuMs / MS),
    gb_seconds: rounded((counters.peakKib / KIB_A_GIB) * (counters.wallMs / MS)),
  };
}

/** The sum of what several workers of one job used. */
export function sumOf(all: readonly ComputeAmounts[]): ComputeAmounts {
  const sum: Partial<Record<ComputeMeter, number>> = {};
  for (const amounts of all) {
    for (const meter of computeMeters) {
      const amount = amounts[meter];
      if (amount !== undefined) sum[meter] = rounded((sum[meter] ?? 0) + amount);
    }
  }
  return sum;
}

function rounded(amount: number): number {
  return Number(amount.toFixed(DIGITS));
}
