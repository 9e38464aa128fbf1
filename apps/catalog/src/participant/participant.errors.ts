import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Everything that can be refused about a participant. */
export const participantErrors = defineErrors({
  PARTICIPANT_UNKNOWN: {
    kind: 'not_found',
    title: 'No such participant',
    fix: 'Check the id; GET /v1/participants lists the participants you may see.',
  },
  PARTICIPANT_TRANSITION_REFUSED: {
    kind: 'conflict',
    title: 'The participant is not in a state that allows this',
    fix: 'Read the participant again and choose one of the commands its status accepts.',
  },
  PARTICIPANT_ROLES_INVALID: {
    kind: 'unprocessable',
    title: 'The roles of the participant do not fit together',
    fix: 'Give at least one role, each once; auditors and third-party bodies are independent and do not trade.',
  },
  PARTICIPANT_BANK_ACCOUNT_MISSING: {
    kind: 'unprocessable',
    title: 'A participant who is paid needs a bank account',
    fix: 'Give bank_account with name and either iban or account_number.',
  },
  BANK_ACCOUNT_INVALID: {
    kind: 'unprocessable',
    title: 'The bank account cannot be paid to',
    fix: 'Give either an IBAN with correct check digits or a local account number, the name of its holder, and a BIC of 8 or 11 characters if you have one.',
  },
  PARTICIPANT_FOUR_EYES: {
    kind: 'forbidden',
    title: 'An application is decided by other eyes',
    fix: 'Ask an operator who neither belongs to the organisation nor submitted or reviewed the application.',
  },
  PARTICIPANT_APPLICATION_INCOMPLETE: {
    kind: 'unprocessable',
    title: 'The application is not complete',
    fix: 'Hand in what is named under errors; GET /v1/participants/{id}/checklist shows the whole list.',
  },
  PARTICIPANT_QUESTIONS_OPEN: {
    kind: 'conflict',
    title: 'Questions of the reviewer have no answer yet',
    fix: 'Answer each with POST /v1/participants/{id}/comments/{comment}/answer, then submit again.',
  },
  PARTICIPANT_NAME_MISLEADS: {
    kind: 'unprocessable',
    title: 'The name can be taken for another',
    fix: 'Write each word in letters of one script, without invisible characters, and unlike any participant already here.',
  },
  PARTICIPANT_DOCUMENT_UNASKED: {
    kind: 'not_found',
    title: 'The checklist asks for no such paper',
    fix: 'Take a requirement of GET /v1/participants/{id}/checklist.',
  },
  PARTICIPANT_CLOSED: {
    kind: 'conflict',
    title: 'The application is not yours to change now',
    fix: 'Papers are handed in as a draft or when something was asked; renewed papers once you take part.',
  },
});

export type ParticipantError = ErrorOf<typeof participantErrors>;
