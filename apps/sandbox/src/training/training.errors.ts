import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** What can go wrong between two sides that train one model. */
export const trainingErrors = defineErrors({
  TRAINING_DATA_REFUSED: {
    kind: 'unprocessable',
    title: 'The table cannot be trained on so',
    fix: 'Mend every item listed: name a table of the version, numbers that may be aggregated and a label that may be compared.',
  },
  TRAINING_TABLE_UNREADABLE: {
    kind: 'unprocessable',
    title: 'The admitted table does not hold what it says',
    fix: 'Choose other columns, or tell the custodian; nothing was charged.',
  },
  TRAINING_RUN_NOT_FOUND: {
    kind: 'not_found',
    title: 'There is no such training run',
    fix: 'List the runs you may see at /v1/sandbox/training-runs.',
  },
  TRAINING_PLAN_INVALID: {
    kind: 'unprocessable',
    title: 'The plan cannot be trained',
    fix: 'Mend every item listed.',
  },
  TRAINING_STATE_REFUSES: {
    kind: 'conflict',
    title: 'The run does not take this now',
    fix: 'Look at its state at GET /v1/sandbox/training-runs/{id}.',
  },
  HANDSHAKE_MISMATCH: {
    kind: 'conflict',
    title: 'The two sides hold different terms',
    fix: 'Compare each item with GET /v1/sandbox/training-runs/{id}; nothing was sent and nothing charged.',
  },
  ROUND_REPLAYED: {
    kind: 'conflict',
    title: 'The round was answered before, for other weights',
    fix: 'Go on from the state you kept when that answer came; a round is answered once.',
  },
  ROUND_OUT_OF_TURN: {
    kind: 'conflict',
    title: 'Another round is next',
    fix: 'Ask for the round the run names; rounds are not skipped.',
  },
  TRAINING_WORKER_FAILED: {
    kind: 'unavailable',
    title: 'The worker in the enclave did not finish',
    fix: 'Send the same request again: nothing was charged.',
  },
  TRAINING_STREAMS_EXHAUSTED: {
    kind: 'rate_limited',
    title: 'Too many runs are being followed',
    fix: 'Close a stream, or ask GET /v1/sandbox/training-runs/{id} from time to time.',
  },
  MODEL_NOT_FOUND: {
    kind: 'not_found',
    title: 'There is no such model',
    fix: 'List the models you may see at /v1/sandbox/models.',
  },
  MODEL_STATE_REFUSES: {
    kind: 'conflict',
    title: 'The model does not allow this',
    fix: 'Look at its state and card at GET /v1/sandbox/models/{id}.',
  },
  MODEL_REVIEW_REFUSED: {
    kind: 'forbidden',
    title: 'You cannot review this model',
    fix: 'Two others review it, one of them of the organisation that keeps the data.',
  },
  MODEL_EXPORT_REFUSED: {
    kind: 'forbidden',
    title: 'The model may be served, not given away',
    fix: 'Let it be served with a cap, or train it with differential privacy.',
  },
  MODEL_INPUT_INVALID: {
    kind: 'unprocessable',
    title: 'The row does not fit the model',
    fix: 'Send one finite number for each input, in the order the card gives.',
  },
  MODEL_QUERIES_USED_UP: {
    kind: 'conflict',
    title: 'The cap of this model’s queries is reached',
    fix: 'Ask for fewer rows than are left; the cap is not raised.',
  },
});

export type TrainingError = ErrorOf<typeof trainingErrors>;
