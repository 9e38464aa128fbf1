import type { ComputeAmounts, MoneyState } from '../usage/compute-usage.js';
import type { IsolationLevel } from '../isolation/isolation-level.js';
import type { LegalBasisKind } from '../access/compute-grant.js';
import type { CellKey } from '../disclosure/evidence.js';
import type { Finding, Suggestion } from '../disclosure/findings.js';
import type { JobKind, JobState } from './job.js';

/** What may be seen of a job's result: typed, rounded, gated. */
export interface JobResult {
  readonly outcome: 'pass' | 'review' | 'fail';
  readonly columns: readonly string[];
  readonly rows: readonly (readonly CellKey[])[];
  readonly findings: readonly Finding[];
  readonly suggestions: readonly Suggestion[];
}

/** On what grounds a job's result may be seen. */
export interface JobBasis {
  readonly id: string;
  readonly kind: LegalBasisKind;
  readonly reference: string;
  readonly place: string;
  readonly releaseId: string | null;
}

/** A job as it is kept. */
export interface Job {
  readonly id: string;
  readonly enclaveId: string;
  readonly versionId: string;
  readonly agreementId: string;
  readonly buyerId: string;
  readonly custodianId: string;
  readonly author: string;
  readonly kind: JobKind;
  readonly body: Readonly<Record<string, unknown>>;
  /** SHA-256 of kind and body: what is approved, and what must have run on the twin. */
  readonly codeHash: string;
  readonly isDryRun: boolean;
  readonly state: JobState;
  readonly reason: string | null;
  readonly floor: IsolationLevel;
  readonly level: IsolationLevel | null;
  readonly basis: JobBasis;
  readonly meters: readonly string[];
  readonly reserved: ComputeAmounts;
  readonly used: ComputeAmounts | null;
  readonly money: MoneyState;
  readonly progress: number;
  readonly result: JobResult | null;
  readonly submittedAt: Date;
  readonly changedAt: Date;
  readonly version: number;
}
