import { defineTransitions, err, ok, type Result } from '@hetao/kernel';
import type { ModelCard } from '@hetao/learning';
import { trainingErrors, type TrainingError } from './training.errors.js';

export const modelStates = ['assessed', 'in_review', 'exported', 'served_only', 'destroyed'] as const;
export type ModelState = (typeof modelStates)[number];
export type ModelCommand = 'submit' | 'export' | 'serve' | 'destroy';

/** A model is sealed and assessed in one transaction; from there reviewers decide, two of them. */
export const modelLife = defineTransitions<ModelState, ModelCommand>({
  assessed: { submit: 'in_review', destroy: 'destroyed' },
  in_review: { export: 'exported', serve: 'served_only', destroy: 'destroyed' },
  exported: { destroy: 'destroyed' },
  served_only: { destroy: 'destroyed' },
  destroyed: {},
}).assertReachable('assessed');

export const verdicts = ['export', 'serve', 'destroy'] as const;
export type Verdict = (typeof verdicts)[number];

/** One reviewer's word. */
export interface Vote {
  readonly reviewer: string;
  readonly organisationId: string;
  readonly verdict: Verdict;
}

/** A model as it stands. */
export interface Model {
  readonly id: string;
  readonly runId: string;
  readonly organisationId: string;
  readonly ownerOrganisationId: string;
  readonly enclaveId: string;
  /** Who proposed its run; it goes by this person's licence. */
  readonly researcher: string;
  /** Under which it was trained, and the meters that names: its way out is billed by them. */
  readonly agreementId: string;
  readonly meters: readonly string[];
  readonly author: string;
  readonly state: ModelState;
  readonly card: ModelCard;
  readonly onnxSha256: string;
  /** Rows that may still be asked for while it is served. */
  readonly queriesLeft: number;
  readonly votes: readonly Vote[];
}

/** A run makes one model: its id follows from the run's, so that a crash between judging and sealing bills no other one. */
export function modelIdOf(runId: string): string {
  return runId.replace(/^trn_/, 'mdl_');
}

/** Under which a model's way out is counted. */
export function outputIdOf(modelId: string): string {
  return modelId.replace(/^mdl_/, 'out_');
}

/** Strictest first: where two reviewers differ, the stricter word holds. */
const STRICTNESS: readonly Verdict[] = ['destroy', 'serve', 'export'];

/** Where a command leads. @returns MODEL_STATE_REFUSES. */
export function stepModel(
  model: Pick<Model, 'id' | 'state'>,
  command: ModelCommand,
): Result<ModelState, TrainingError> {
  const [target] = modelLife.targets(model.state, command);
  if (target !== undefined) return ok(target);
  const can = modelLife.commandsFrom(model.state).join(', ') || 'nothing any more';
  return err(trainingErrors.MODEL_STATE_REFUSES(`${model.id} is ${model.state}; it can ${can}, not ${command}.`));
}

/**
 * Adds a reviewer's word: never the author's, never twice, and one of two must be of who keeps the data. Until both have
 * voted nothing is decided and nobody is told what the other said.
 *
 * @returns the votes and, with the second, the decision. MODEL_REVIEW_REFUSED, MODEL_EXPORT_REFUSED.
 */
export function vote(
  model: Pick<Model, 'id' | 'state' | 'votes' | 'card' | 'author' | 'organisationId' | 'ownerOrganisationId'>,
  cast: Vote,
): Result<{ readonly votes: readonly Vote[]; readonly decision: Verdict | null }, TrainingError> {
  const asked = stepModel(model, cast.verdict);
  if (!asked.ok) return asked;
  const refuse = (why: string) => err(trainingErrors.MODEL_REVIEW_REFUSED(why));
  if (cast.reviewer === model.author || cast.organisationId === model.organisationId)
    return refuse('Authors do not review their own model.');
  if (model.votes.some(({ reviewer }) => reviewer === cast.reviewer)) return refuse('You have voted.');
  if (cast.verdict === 'export' && !model.card.export.allowed)
    return err(trainingErrors.MODEL_EXPORT_REFUSED(model.card.export.because));
  const votes = [...model.votes, cast];
  if (votes.length < 2) return ok({ votes, decision: null });
  if (!votes.some(({ organisationId }) => organisationId === model.ownerOrganisationId)) {
    return refuse('One of the two reviewers is of the organisation that keeps the data.');
  }
  const decision = STRICTNESS.find((verdict) => votes.some((each) => each.verdict === verdict)) ?? 'destroy';
  return ok({ votes, decision });
}
