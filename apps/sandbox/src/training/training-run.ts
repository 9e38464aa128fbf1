import { defineTransitions, err, ok, type ErrorItem, type Result } from '@hetao/kernel';
import {
  architectureText,
  epsilonOf,
  parameterCount,
  rhoOfCut,
  upperPartStart,
  WIDEST_CUT,
  type Architecture,
  type LossCurve,
  type OptimiserSetting,
  type PrivacySetting,
  type Spending,
} from '@hetao/learning';
import type { TrainingData } from './training-data.js';
import { trainingErrors, type TrainingError } from './training.errors.js';

/** A: everything happens where the data is. B: two sides, gradients cross. C: vectors of the cut layer cross, once. */
export const trainingModes = ['code_in', 'split', 'cut_layer'] as const;
export type TrainingMode = (typeof trainingModes)[number];

export const runStates = [
  'proposed',
  'denied',
  'budget_reserved',
  'handshake',
  'training',
  'paused',
  'completed',
  'budget_exhausted',
  'aborted',
] as const;
export type RunState = (typeof runStates)[number];
export type RunCommand = 'approve' | 'deny' | 'shake' | 'round' | 'cut' | 'pause' | 'resume' | 'abort';

/** A round that uses up what was set aside is the last, whatever was planned. */
const ROUND_LEADS_TO: RunState[] = ['training', 'completed', 'budget_exhausted'];

/**
 * reference/sandbox.md section 6. Approval and reservation are one step here, and a round is opened, charged and released
 * in one transaction, so neither APPROVED nor ROUND_OPEN can be found in the tables.
 */
export const runLife = defineTransitions<RunState, RunCommand>({
  proposed: { approve: 'budget_reserved', deny: 'denied', abort: 'aborted' },
  denied: {},
  budget_reserved: { shake: 'handshake', round: ROUND_LEADS_TO, cut: 'completed', abort: 'aborted' },
  handshake: {
    shake: 'handshake',
    round: ROUND_LEADS_TO,
    pause: 'paused',
    abort: 'aborted',
  },
  training: {
    shake: 'training',
    round: ROUND_LEADS_TO,
    pause: 'paused',
    abort: 'aborted',
  },
  paused: { shake: 'paused', resume: 'training', abort: 'aborted' },
  completed: { shake: 'completed' },
  budget_exhausted: {},
  aborted: {},
}).assertReachable('proposed');

/** The words somebody who wants mode C must send: it protects each vector, not what many of them tell together. */
export const CUT_LAYER_WARNING =
  'I understand that vectors of the cut layer leave the enclave, that inputs can be reconstructed from them when the noise is small, and that the data is of low sensitivity.';
/** Data of other classes never leaves as vectors. */
const CUT_CLASSES: readonly string[] = ['synthetic', 'anonymised'];
export const SMALLEST_BATCH = 50;
/** The share of patients a model is trained on; the others judge it. */
export const TRAINING_SHARE = 0.8;

/** What is trained, how, and what it costs. */
export interface TrainingPlan {
  readonly mode: TrainingMode;
  readonly architecture: Architecture;
  /** Layers from here on are Hong Kong's; all of them are Shenzhen's in mode A. */
  readonly splitAt: number;
  readonly optimiser: OptimiserSetting;
  readonly privacy: PrivacySetting;
  readonly rounds: number;
  /** First weights of Shenzhen's layers come from it. */
  readonly seed: number;
  /** Mode C only: how often a label is told as it is, and the noise on each number. */
  readonly cut: { readonly sigma: number; readonly labelTruth: number } | null;
}

/** What the kernel counted of a run, or of one order to its worker. */
export interface TrainingUse {
  readonly cpuMs: number;
  readonly gbSeconds: number;
}

/** A run as it stands, with what it has used. */
export interface TrainingRun extends TrainingUse {
  readonly id: string;
  readonly ledgerId: string;
  readonly data: TrainingData;
  /** Who proposed it; the rounds go by this person's licence. */
  readonly author: string;
  readonly organisationId: string;
  readonly ownerOrganisationId: string;
  readonly state: RunState;
  readonly plan: TrainingPlan;
  readonly architectureHash: string;
  /** The last round that was released. */
  readonly round: number;
  readonly epsilon: number;
  readonly curve: LossCurve;
}

/** What both sides must mean alike before the first round. */
export interface HandshakeTerms {
  readonly architectureHash: string;
  readonly datasetVersionId: string;
  readonly epsilon: number;
  readonly delta: number;
  readonly clip: number;
  readonly noiseMultiplier: number;
  readonly samplingRate: number;
  readonly rounds: number;
}

/** Checks a plan against its data. @throws DomainException ARCHITECTURE_INVALID. @returns TRAINING_PLAN_INVALID. */
export function checkPlan(plan: TrainingPlan, data: TrainingData): Result<TrainingPlan, TrainingError> {
  const items: ErrorItem[] = [];
  const wrong = (pointer: string, detail: string): void => void items.push({ pointer, code: 'invalid', detail });
  const layers = plan.architecture.layers.length;
  parameterCount(plan.architecture);
  upperPartStart(plan.architecture, plan.splitAt);
  const features = data.reading.features.length;
  if (plan.architecture.inputs !== features) wrong('/architecture/inputs', `There are ${features} features.`);
  if (plan.mode === 'code_in' && plan.splitAt !== layers) wrong('/split_at', `In mode A every layer stays: ${layers}.`);
  if (plan.mode !== 'code_in' && plan.splitAt >= layers) wrong('/split_at', 'Hong Kong must hold a layer.');
  if (plan.mode === 'cut_layer') checkCut(plan, data.dataClass, wrong);
  else if (expectedPatients(plan, data) < SMALLEST_BATCH || plan.privacy.samplingRate > 1) {
    wrong('/privacy/expected_batch', `A round has ${SMALLEST_BATCH} patients or more, and at most all of them.`);
  }
  return items.length === 0 ? ok(plan) : err(trainingErrors.TRAINING_PLAN_INVALID('The plan does not fit.', { items }));
}

function checkCut(plan: TrainingPlan, dataClass: string, wrong: (pointer: string, detail: string) => void): void {
  const width = plan.architecture.layers[plan.splitAt - 1]?.units ?? plan.architecture.inputs;
  if (!CUT_CLASSES.includes(dataClass)) wrong('/mode', `Vectors of ${dataClass} data never leave: use mode B.`);
  if (plan.splitAt < 1) wrong('/split_at', 'Without a layer below the cut the inputs themselves would leave.');
  if (width > WIDEST_CUT)
    wrong('/split_at', `The cut is ${width} wide; at most ${WIDEST_CUT} numbers a patient may leave.`);
  if (plan.cut === null) wrong('/cut', 'Mode C needs its noise.');
}

/** Where a command leads. @returns TRAINING_STATE_REFUSES. */
export function step(run: Pick<TrainingRun, 'state' | 'id'>, command: RunCommand): Result<RunState, TrainingError> {
  const [target] = runLife.targets(run.state, command);
  if (target !== undefined) return ok(target);
  const can = runLife.commandsFrom(run.state).join(', ') || 'nothing any more';
  const detail = `${run.id} is ${run.state}; it can ${can}, not ${command}.`;
  return err(trainingErrors.TRAINING_STATE_REFUSES(detail, { meta: { state: run.state } }));
}

/** What a round, once asked for, means. */
export type RoundTurn = 'next' | 'again';

/** Rounds come one by one; the last one may be asked for again, with the same weights. */
export function turnOf(
  run: Pick<TrainingRun, 'id' | 'round' | 'plan'>,
  asked: { readonly round: number; readonly same: boolean },
): Result<RoundTurn, TrainingError> {
  if (asked.round === run.round + 1 && asked.round <= run.plan.rounds) return ok('next');
  if (asked.round === run.round && asked.same) return ok('again');
  const next = run.round < run.plan.rounds ? `Round ${run.round + 1} is next.` : 'It was the last one.';
  if (asked.round <= run.round) {
    return err(
      trainingErrors.ROUND_REPLAYED(`Round ${asked.round} was answered for other weights. ${next}`, {
        meta: { round: run.round },
      }),
    );
  }
  return err(
    trainingErrors.ROUND_OUT_OF_TURN(`Round ${asked.round} was asked for. ${next}`, { meta: { round: run.round } }),
  );
}

/** Names every term the other side holds to be different. @returns HANDSHAKE_MISMATCH. */
export function compareTerms(ours: HandshakeTerms, theirs: HandshakeTerms): Result<HandshakeTerms, TrainingError> {
  const names = Object.keys(ours) as (keyof HandshakeTerms)[];
  const items = names
    .filter((name) => ours[name] !== theirs[name])
    .map((name) => ({
      pointer: `/${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`,
      code: 'different',
      detail: `Here it is ${ours[name]}.`,
    }));
  return items.length === 0
    ? ok(ours)
    : err(trainingErrors.HANDSHAKE_MISMATCH('The two sides do not mean the same.', { items }));
}

/** How many patients a round is expected to have: public, so both sides divide by it. */
export function expectedPatients(
  { privacy }: Pick<TrainingPlan, 'privacy'>,
  data: Pick<TrainingData, 'patients'>,
): number {
  return privacy.samplingRate * trainingPatients(data);
}

/** How many patients are trained on; the others judge. */
export function trainingPatients({ patients }: Pick<TrainingData, 'patients'>): number {
  return Math.round(patients * TRAINING_SHARE);
}

/** What a plan costs to its end: one release of all vectors in mode C, a mechanism a round otherwise. */
export function costOf({ mode, privacy, cut, rounds }: TrainingPlan): Spending {
  if (mode === 'cut_layer' && cut !== null) {
    return { mechanism: { kind: 'zcdp', rho: rhoOfCut({ clip: privacy.clip, ...cut }) }, count: 1 };
  }
  const { samplingRate, noiseMultiplier } = privacy;
  return { mechanism: { kind: 'sampled_gaussian', samplingRate, noiseMultiplier }, count: rounds };
}

/** ε of all releases of a plan, to six digits: both sides must get the same number. */
export function plannedEpsilon(plan: TrainingPlan, delta: number): number {
  return Math.round(epsilonOf([costOf(plan)], delta).epsilon * 1e6) / 1e6;
}

/** The text whose SHA-256 pins the architecture. */
export function pinnedText({ architecture, splitAt }: TrainingPlan): string {
  return architectureText(architecture, splitAt);
}
