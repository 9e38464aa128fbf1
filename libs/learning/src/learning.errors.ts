import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** What can be wrong with a model, a round of training or an account of privacy. */
export const learningErrors = defineErrors({
  NOISE_SCALE_INVALID: {
    kind: 'unprocessable',
    title: 'Noise of this scale cannot be drawn',
    fix: 'Give a standard deviation above 0 and at most 2^40 steps of the grid.',
  },
  PRIVACY_MECHANISM_INVALID: {
    kind: 'unprocessable',
    title: 'The mechanism has no privacy account',
    fix: 'Give a sampling rate above 0 and at most 1, a noise multiplier of 0.3 to 1000, a whole number of rounds, and a δ between 0 and 1.',
  },
  ARCHITECTURE_INVALID: {
    kind: 'unprocessable',
    title: 'The architecture cannot be trained',
    fix: 'Give 1 to 512 inputs and 1 to 6 layers of 1 to 512 units, the last one of one identity unit, with at most 200000 parameters in all, and split it between two layers.',
  },
  ROUND_MALFORMED: {
    kind: 'unprocessable',
    title: 'The tensor of the round cannot be read',
    fix: 'Send the frame as the protocol lays it out: as many finite numbers as the part has parameters.',
  },
  TRAINING_DATA_INVALID: {
    kind: 'unprocessable',
    title: 'The table cannot be trained on',
    fix: 'Give finite features, labels of 0 or 1, and rows of one patient beside each other.',
  },
  MODEL_UNREADABLE: {
    kind: 'unprocessable',
    title: 'The file is no model of ours',
    fix: 'Give an ONNX file as this exchange exported it.',
  },
});

export type LearningError = ErrorOf<typeof learningErrors>;
