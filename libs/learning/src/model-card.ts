import type { Architecture } from './architecture.js';
import { parameterCount } from './architecture.js';
import { withinMembershipLimits, type MembershipTest } from './membership.js';
import type { CalibrationBin, ConfusionMatrix } from './metrics.js';

/** The most ε of a project with which a model counts as trained privately. */
export const EXPORT_EPSILON = 8;
const BASE = 5;

/** What is known of a finished model. */
export interface ModelFacts {
  readonly datasetVersionId: string;
  readonly architecture: Architecture;
  readonly architectureHash: string;
  readonly codeHash: string;
  readonly mode: 'code_in' | 'split' | 'cut_layer';
  readonly privacy: { readonly epsilon: number; readonly delta: number; readonly rounds: number } | null;
  /** SHA-256 by what was chosen at random and may be shown later. Noise has no seed: nobody could ever draw it again. */
  readonly seedCommitments: Readonly<Record<string, string>>;
  readonly quality: {
    readonly accuracy: number;
    readonly auc: number;
    readonly confusion: ConfusionMatrix;
    readonly calibration: readonly CalibrationBin[];
    readonly heldOutPatients: number;
  };
  readonly membership: MembershipTest;
}

/** The card that goes with a model wherever it goes. Counts are rounded to 5, shares to three digits. */
export interface ModelCard {
  readonly form: 'hetao-model-card/1';
  readonly dataset_version_id: string;
  readonly mode: ModelFacts['mode'];
  readonly architecture: {
    readonly inputs: number;
    readonly layers: Architecture['layers'];
    readonly parameters: number;
  };
  readonly architecture_hash: string;
  readonly code_hash: string;
  readonly privacy: { readonly epsilon: number; readonly delta: number; readonly rounds: number } | null;
  readonly seed_commitments: Readonly<Record<string, string>>;
  readonly quality: {
    readonly accuracy: number;
    readonly auc: number;
    readonly confusion: Readonly<
      Record<'true_positive' | 'false_positive' | 'false_negative' | 'true_negative', number | null>
    >;
    readonly calibration: readonly {
      readonly mean_probability: number;
      readonly observed_rate: number;
      readonly count: number;
    }[];
    readonly held_out_patients: number;
  };
  readonly membership_inference: { readonly auc: number; readonly true_positive_rate_at_1_percent: number };
  readonly export: { readonly allowed: boolean; readonly because: string };
}

/** Writes the card, with the rule that says whether the model may be exported at all (two reviewers still decide). */
export function modelCard(facts: ModelFacts): ModelCard {
  const { architecture, quality, membership, privacy } = facts;
  return {
    form: 'hetao-model-card/1',
    dataset_version_id: facts.datasetVersionId,
    mode: facts.mode,
    architecture: { ...architecture, parameters: parameterCount(architecture) },
    architecture_hash: facts.architectureHash,
    code_hash: facts.codeHash,
    privacy: privacy === null ? null : { ...privacy, epsilon: thousandths(privacy.epsilon) },
    seed_commitments: { ...facts.seedCommitments },
    quality: {
      accuracy: thousandths(quality.accuracy),
      auc: thousandths(quality.auc),
      confusion: {
        true_positive: rounded(quality.confusion.truePositive),
        false_positive: rounded(quality.confusion.falsePositive),
        false_negative: rounded(quality.confusion.falseNegative),
        true_negative: rounded(quality.confusion.trueNegative),
      },
      calibration: quality.calibration.map(({ meanProbability, observedRate, count }) => ({
        mean_probability: thousandths(meanProbability),
        observed_rate: thousandths(observedRate),
        count: roundedCount(count),
      })),
      held_out_patients: roundedCount(quality.heldOutPatients),
    },
    membership_inference: {
      auc: thousandths(membership.auc),
      true_positive_rate_at_1_percent: thousandths(membership.truePositiveRateAt1Percent),
    },
    export: exportRule(privacy?.epsilon ?? null, membership),
  };
}

/** Trained with ε ≤ 8, or telling nothing to a membership test; otherwise the model is served and never given. */
export function exportRule(epsilon: number | null, membership: MembershipTest): ModelCard['export'] {
  if (epsilon !== null && epsilon <= EXPORT_EPSILON) {
    return {
      allowed: true,
      because: `It was trained with differential privacy, ε ${thousandths(epsilon)} ≤ ${EXPORT_EPSILON}.`,
    };
  }
  if (withinMembershipLimits(membership)) {
    return { allowed: true, because: 'A membership test tells almost nothing: AUC ≤ 0.55 and 1 % FPR finds ≤ 3 %.' };
  }
  return { allowed: false, because: 'It has no ε ≤ 8, and a membership test tells who was in the data.' };
}

function thousandths(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function roundedCount(count: number): number {
  return Math.round(count / BASE) * BASE;
}

function rounded(count: number | null): number | null {
  return count === null ? null : roundedCount(count);
}
