import { defineTransitions, err, ok, type Result } from '@hetao/kernel';
import { OWN_CODE_FLOOR, strictest, type IsolationLevel } from '../isolation/isolation-level.js';
import { jobErrors, type JobError } from './job.errors.js';

/** The life of a job (section 6 of the sandbox reference). */
export const jobTransitions = defineTransitions<JobState, JobCommand>({
  submitted: { check: ['checked', 'rejected'], cancel: 'cancelled' },
  checked: { wait: 'awaiting_approval', queue: 'queued', cancel: 'cancelled' },
  awaiting_approval: { queue: 'queued', reject: 'rejected', cancel: 'cancelled' },
  queued: { prepare: 'preparing', expire: 'queue_expired', cancel: 'cancelled', fail: 'rejected' },
  preparing: { run: 'running', fail: ['prepare_failed', 'isolation_lost', 'quota_exceeded'], cancel: 'cancelled' },
  running: { prove: 'evidence', fail: ['failed', 'timed_out', 'oom_killed', 'isolation_lost'], cancel: 'cancelled' },
  evidence: { stage: 'staged', fail: ['failed', 'timed_out', 'oom_killed', 'budget_exceeded'], cancel: 'cancelled' },
  staged: { finish: 'done' },
  done: {},
  rejected: {},
  queue_expired: {},
  prepare_failed: {},
  failed: {},
  timed_out: {},
  oom_killed: {},
  quota_exceeded: {},
  budget_exceeded: {},
  isolation_lost: {},
  cancelled: {},
}).assertReachable('submitted');

export type JobState =
  | 'submitted'
  | 'checked'
  | 'awaiting_approval'
  | 'queued'
  | 'preparing'
  | 'running'
  | 'evidence'
  | 'staged'
  | 'done'
  | JobFailure
  | 'cancelled';
/** How a job may end without a result. */
export type JobFailure =
  | 'rejected'
  | 'queue_expired'
  | 'prepare_failed'
  | 'failed'
  | 'timed_out'
  | 'oom_killed'
  | 'quota_exceeded'
  | 'budget_exceeded'
  | 'isolation_lost';
export type JobCommand =
  | 'check'
  | 'wait'
  | 'queue'
  | 'prepare'
  | 'run'
  | 'prove'
  | 'stage'
  | 'finish'
  | 'fail'
  | 'reject'
  | 'expire'
  | 'cancel';

/** What a job is made of. */
export const jobKinds = ['sql', 'table', 'regression', 'survival', 'clustering', 'code'] as const;
export type JobKind = (typeof jobKinds)[number];

/** Whether a failure is the house's: such a job costs nothing. */
export function isHouseFailure(state: JobState): boolean {
  return state === 'prepare_failed' || state === 'isolation_lost' || state === 'failed' || state === 'queue_expired';
}

/** The state a command leads to. @param to which of several; the first where there is one only. @returns JOB_CANNOT_NOW. */
export function step(from: JobState, command: JobCommand, to?: JobState): Result<JobState, JobError> {
  const targets = jobTransitions.targets(from, command);
  const target = to ?? targets[0];
  if (target !== undefined && targets.includes(target)) return ok(target);
  const possible = jobTransitions.commandsFrom(from).join(', ') || 'nothing';
  return err(jobErrors.JOB_CANNOT_NOW(`A job that is ${from} cannot ${command}; it can ${possible}.`));
}

/** How far a state is, in per cent: for people who wait. */
export function progressOf(state: JobState): number {
  const steps: readonly JobState[] = [
    'submitted',
    'checked',
    'queued',
    'preparing',
    'running',
    'evidence',
    'staged',
    'done',
  ];
  const at = steps.indexOf(state === 'awaiting_approval' ? 'checked' : state);
  return at < 0 ? FULL : Math.round((at / (steps.length - 1)) * FULL);
}
const FULL = 100;

/** The rung a job needs: below the floor of own code nothing keeps it from the network, whatever it runs on. */
export function floorFor(kind: JobKind, floor: IsolationLevel): IsolationLevel {
  return kind === 'code' ? strictest(floor, OWN_CODE_FLOOR) : floor;
}

/** Somebody's code may run when its custodian approved it, or a template is all it is. */
export function needsApproval(kind: JobKind, isDryRun: boolean, approved: boolean): boolean {
  return kind === 'code' && !isDryRun && !approved;
}
