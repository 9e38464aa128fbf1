import { err, ok, type ErrorItem, type Result } from '@hetao/kernel';
import { checklist, type HandedIn, type ItemState } from '../checklist/checklist.js';
import { checkBankAccount } from './bank-account.js';
import { participantErrors, type ParticipantError } from './participant.errors.js';
import {
  checkPayable,
  checkRoles,
  participantTransitions,
  refuseStep,
  type Participant,
  type ParticipantOutcome,
} from './participant.js';

/** What an organisation may change of its application. */
export type ApplicationChange = Partial<
  Pick<Participant, 'name' | 'roles' | 'homeCurrency' | 'bankAccount' | 'profile'>
>;

/** Changes the application while it is the organisation's: as a draft, or when something was asked. */
export function editApplication(
  participant: Participant,
  change: ApplicationChange,
): Result<ParticipantOutcome, ParticipantError> {
  if (!participantTransitions.canTransition(participant.status, 'edit')) return refuseStep(participant, 'edit');
  const roles = checkRoles(change.roles ?? participant.roles);
  if (!roles.ok) return roles;
  const { bankAccount = participant.bankAccount } = change;
  const account = bankAccount === null ? ok(null) : checkBankAccount(bankAccount);
  if (!account.ok) return account;
  const edited: Participant = {
    ...participant,
    ...change,
    bankAccount: account.value,
    revision: participant.revision + 1,
  };
  return ok({ participant: edited, changed: true });
}

export interface Submission {
  readonly by: { readonly subject: string };
  readonly at: Date;
  readonly today: string;
  readonly papers: readonly HandedIn[];
  /** Questions of the reviewer nobody has answered yet. */
  readonly openQuestions: number;
}

/** Hands the application to review: complete, or not at all. A supplement goes back to whoever asked. */
export function submitApplication(
  participant: Participant,
  submission: Submission,
): Result<ParticipantOutcome, ParticipantError> {
  const { status } = participant;
  if (status === 'submitted' || status === 'review') return ok({ participant, changed: false });
  if (!participantTransitions.canTransition(status, 'submit')) return refuseStep(participant, 'submit');
  const payable = checkPayable(participant);
  if (!payable.ok) return payable;
  const items = [...profileFaults(participant), ...paperFaults(participant, submission)];
  if (items.length > 0) {
    const detail = `${items.length} thing(s) are missing; the first: ${items[0]?.detail ?? ''}`;
    return err(participantErrors.PARTICIPANT_APPLICATION_INCOMPLETE(detail, { items }));
  }
  if (submission.openQuestions > 0) {
    const detail = `${submission.openQuestions} question(s) of the reviewer have no answer yet.`;
    return err(participantErrors.PARTICIPANT_QUESTIONS_OPEN(detail));
  }
  const submitted: Participant = {
    ...participant,
    status: status === 'supplement' ? 'review' : 'submitted',
    submittedAt: submission.at,
    submittedBy: submission.by.subject,
    revision: participant.revision + 1,
  };
  return ok({ participant: submitted, changed: true });
}

function profileFaults({ profile, roles }: Participant): ErrorItem[] {
  if (profile === null) {
    return [{ pointer: '/profile', code: 'PROFILE_MISSING', detail: 'The organisation told nothing of itself.' }];
  }
  if (!roles.includes('merchant') || profile.owners.length > 0) return [];
  const detail = 'A merchant names its beneficial owners (Data Security Law, article 33).';
  return [{ pointer: '/profile/owners', code: 'OWNERS_MISSING', detail }];
}

const WORDS: Readonly<Record<Exclude<ItemState, 'present'>, string>> = {
  missing: 'was not handed in',
  expired: 'does not hold today',
  too_old: 'is too old',
  not_legalised: 'is not legalised as asked',
};

function paperFaults({ jurisdiction, roles }: Participant, { papers, today }: Submission): ErrorItem[] {
  return checklist(jurisdiction, roles, papers, today).flatMap(({ requirement, state }) =>
    state === 'present'
      ? []
      : [
          {
            pointer: `/documents/${requirement.id}`,
            code: `DOCUMENT_${state.toUpperCase()}`,
            detail: `${requirement.title.en} ${WORDS[state]} (${requirement.article.en}).`,
          },
        ],
  );
}
