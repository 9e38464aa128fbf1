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
  CONSULTATION_FILE_REFUSED: {
    kind: 'unprocessable',
    title: 'The file is not accepted',
    fix: 'Send a PDF, PNG, JPEG, DOCX, XLSX or plain UTF-8 text of at most 5,000,000 bytes, and at most 20 of them.',
  },
  CONSULTATION_FILE_UNKNOWN: {
    kind: 'not_found',
    title: 'No such file in the consultation',
    fix: 'The attachments of its messages say which files are kept.',
  },
  PRECEDENT_UNKNOWN: {
    kind: 'not_found',
    title: 'No such precedent',
    fix: 'GET /v1/customs/precedent-drafts lists those that wait to be approved.',
  },
  PRECEDENT_UNANSWERED: {
    kind: 'conflict',
    title: 'There is no answer to learn from yet',
    fix: 'Answer the consultation first, with a citation.',
  },
  PRECEDENT_PUBLISHED: {
    kind: 'conflict',
    title: 'The precedent is published already',
    fix: 'What was published stays. Answer anew and publish that where the law has changed.',
  },
  PRECEDENT_NAMES_SOMEBODY: {
    kind: 'unprocessable',
    title: 'The text still tells who is concerned',
    fix: 'Take out the names, numbers and addresses of the kinds named in errors; write [organisation] or [person] instead.',
  },
});
export type ConsultationError = ErrorOf<typeof consultationErrors>;
