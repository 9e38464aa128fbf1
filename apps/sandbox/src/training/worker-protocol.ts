import type {
  Architecture,
  ConfusionMatrix,
  CalibrationBin,
  CutSetting,
  MembershipTest,
  PrivacySetting,
} from '@hetao/learning';
import type { TableReading } from './training-data.js';

/** The first line a worker reads: which table, and who of it is trained on. */
export interface LoadOrder {
  readonly file: string;
  readonly sha256: string;
  readonly reading: TableReading;
  readonly trainingShare: number;
}

/** What a worker is asked to do then, one line each. Weights are base64 of little-endian floats. */
export type WorkerOrder =
  | {
      readonly do: 'round';
      readonly architecture: Architecture;
      readonly weights: string;
      readonly privacy: PrivacySetting;
    }
  | { readonly do: 'assess'; readonly architecture: Architecture; readonly weights: string }
  | {
      readonly do: 'cut';
      readonly architecture: Architecture;
      readonly weights: string;
      readonly plan: CutSetting & { readonly splitAt: number };
    };

/** How good a model is on patients it has not seen, and whether it tells who it has. */
export interface Assessment {
  readonly accuracy: number;
  readonly auc: number;
  readonly confusion: ConfusionMatrix;
  readonly calibration: readonly CalibrationBin[];
  readonly heldOutPatients: number;
  readonly membership: MembershipTest;
}

/** One line a worker writes for each line it reads. */
export interface WorkerAnswer {
  readonly loaded?: { readonly patients: number };
  /** Base64 of the round's vector. */
  readonly vector?: string;
  readonly assessment?: Assessment;
  readonly cut?: { readonly width: number; readonly vectors: string; readonly labels: string };
  readonly refused?: string;
  /** Of the process since it began, as the kernel counts it. */
  readonly cpuMs: number;
  /** The most memory the process ever held. */
  readonly peakKib: number;
}
