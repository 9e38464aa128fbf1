import { defineErrors, type ErrorOf } from '@hetao/kernel';

export const consultationErrors = defineErrors({
  CONSULTATION_UNKNOWN: {
    kind: 'not_found',
    title: 'No such consultation',
    fix: 'GET /v1/customs/consultations lists yours.',
  },
  CONSULTATION_CLOSED: {
    kind: 'conflict',
    title: 'The consultation is closed',
    fix: 'Open a new one and name this one in it.',
  },
  CONSULTATION_FULL: {
    kind: 'conflict',
    title: 'The thread is full',
    fix: 'Close this consultation and open a new one.',
  },
  CONSULTATION_CITATION_MISSING: {
    kind: 'unprocessable',
    title: 'An officer’s answer needs its citation',
    fix: 'Name at least one citation of the rule set in force; GET /v1/customs/rule-sets/active lists them.',
  },
});
export type ConsultationError = ErrorOf<typeof consultationErrors>;
