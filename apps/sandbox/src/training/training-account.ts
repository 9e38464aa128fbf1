import { parameterCount } from '@hetao/learning';
import type { ComputeGrant } from '../access/compute-grant.js';
import type { IsolationLevel } from '../isolation/isolation-level.js';
import { computeMeters, type ComputeAmounts } from '../usage/compute-usage.js';
import { expectedPatients, type TrainingPlan, type TrainingUse } from './training-run.js';
import type { TrainingData } from './training-data.js';

/** On what grounds a run computes, who is billed, and what was set aside: settled when it is approved. */
export interface RunGrounds {
  readonly agreementId: string;
  /** The meters the agreement names; what is used besides is kept and not billed. */
  readonly meters: readonly string[];
  /** SHA-256 of the dataset version. */
  readonly contentHash: string;
  readonly basis: ComputeGrant['legalBasis'] & Pick<ComputeGrant, 'place' | 'releaseId'>;
  readonly reserved: ComputeAmounts;
  /** The rung its worker stood on last; null before the first round. */
  readonly level: IsolationLevel | null;
}

const MS = 1_000;
const MIB_A_GIB = 1_024;
/** A round's own: its order, its answer, and the worker's housekeeping. */
const ROUND_MS = 200;
/** Four times what a core of 2026 takes for one parameter of one patient's gradient, and for noise on one parameter. */
const GRADIENT_MS = 40e-6;
const NOISE_MS = 25e-3;

/** The most a run may use before it is stopped: each of its rounds four times what it is expected to take. */
export function mostOfRun(plan: TrainingPlan, data: TrainingData, memoryMib: number): ComputeAmounts {
  const parameters = parameterCount(plan.architecture);
  const patients = plan.mode === 'cut_layer' ? data.patients : expectedPatients(plan, data);
  const rounds = plan.mode === 'cut_layer' ? 1 : plan.rounds;
  return amountsFor(rounds * (ROUND_MS + parameters * (patients * GRADIENT_MS + NOISE_MS)), memoryMib);
}

/** The most it takes to judge a finished model on all patients, and to try who was among them. */
export function mostOfAssessment(plan: TrainingPlan, data: TrainingData, memoryMib: number): ComputeAmounts {
  return amountsFor(5 * MS + parameterCount(plan.architecture) * data.patients * GRADIENT_MS, memoryMib);
}

/** Whether a run has used what was set aside for it, and does not go on. */
export function isSpent(use: TrainingUse, reserved: ComputeAmounts): boolean {
  const used = amountsUsed(use);
  return computeMeters.some((meter) => (used[meter] ?? 0) >= (reserved[meter] ?? Infinity));
}

/** What is owed: what was used, and never more than was set aside. */
export function owed(use: TrainingUse, reserved: ComputeAmounts): ComputeAmounts {
  const used = amountsUsed(use);
  return Object.fromEntries(
    computeMeters.flatMap((meter) => {
      const [amount, limit] = [used[meter], reserved[meter]];
      return amount === undefined || limit === undefined ? [] : [[meter, Math.min(amount, limit)]];
    }),
  );
}

/** Adds one order's use to a run's. */
export function withUse(before: TrainingUse, more: TrainingUse): TrainingUse {
  return { cpuMs: before.cpuMs + more.cpuMs, gbSeconds: before.gbSeconds + more.gbSeconds };
}

/** What a worker's kernel counters of one order come to. @param peakKib the most memory the worker held. */
export function useOf(counted: {
  readonly cpuMs: number;
  readonly peakKib: number;
  readonly wallMs: number;
}): TrainingUse {
  const { cpuMs, peakKib, wallMs } = counted;
  return { cpuMs, gbSeconds: (peakKib / (MIB_A_GIB * MIB_A_GIB)) * (wallMs / MS) };
}

function amountsUsed({ cpuMs, gbSeconds }: TrainingUse): ComputeAmounts {
  return { vcpu_seconds: rounded(cpuMs / MS), gb_seconds: rounded(gbSeconds) };
}

function amountsFor(ms: number, memoryMib: number): ComputeAmounts {
  const seconds = ms / MS;
  return { vcpu_seconds: rounded(seconds), gb_seconds: rounded((seconds * memoryMib) / MIB_A_GIB) };
}

function rounded(amount: number): number {
  return Number(amount.toFixed(3));
}
