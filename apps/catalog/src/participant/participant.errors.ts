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
    fix: 'Give at least one role, each once; an auditor is independent and holds no other role.',
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
});

export type ParticipantError = ErrorOf<typeof participantErrors>;
