import {
  defineTransitions,
  err,
  ok,
  type Currency,
  type Jurisdiction,
  type LocalizedText,
  type Result,
} from '@hetao/kernel';
import { checkBankAccount, type BankAccount } from './bank-account.js';
import { participantErrors, type ParticipantError } from './participant.errors.js';

/** What an organisation may do on the exchange. */
export const participantRoles = ['merchant', 'buyer', 'operator', 'auditor', 'channel'] as const;
export type ParticipantRole = (typeof participantRoles)[number];

export type ParticipantStatus = 'registered' | 'approved' | 'suspended';
export type ParticipantCommand = 'approve' | 'suspend' | 'reinstate';

/** The life of a participant: who may trade is decided by the operator, and can be taken back. */
export const participantTransitions = defineTransitions<ParticipantStatus, ParticipantCommand>({
  registered: { approve: 'approved' },
  approved: { suspend: 'suspended' },
  suspended: { reinstate: 'approved' },
}).assertReachable('registered');

/** An organisation on the exchange. Times are instants (UTC). */
export interface Participant {
  readonly id: string;
  readonly name: LocalizedText;
  readonly jurisdiction: Jurisdiction;
  readonly roles: readonly ParticipantRole[];
  readonly homeCurrency: Currency;
  readonly bankAccount: BankAccount | null;
  readonly status: ParticipantStatus;
  readonly registeredAt: Date;
  readonly approvedAt: Date | null;
  readonly approvedBy: string | null;
  readonly suspendedAt: Date | null;
  readonly suspensionReason: string | null;
  /** Counts every change; the number of the last history entry. */
  readonly revision: number;
}

/** What the operator writes down when an organisation joins. */
export interface Registration {
  readonly id: string;
  readonly name: LocalizedText;
  readonly jurisdiction: Jurisdiction;
  readonly roles: readonly ParticipantRole[];
  readonly homeCurrency: Currency;
  readonly bankAccount: BankAccount | null;
}

/** One decision of an operator about a participant. */
export type ParticipantDecision =
  | { readonly command: 'approve'; readonly by: string; readonly at: Date }
  | { readonly command: 'suspend'; readonly reason: string; readonly at: Date }
  | { readonly command: 'reinstate'; readonly by: string; readonly at: Date };

/** The outcome of a command; `changed` is false when it had already happened, so nothing is written or published. */
export interface ParticipantOutcome {
  readonly participant: Participant;
  readonly changed: boolean;
}

/** Registers an organisation. Whoever is paid (merchants, channel partners) needs an account to be paid to. */
export function registerParticipant(registration: Registration, at: Date): Result<Participant, ParticipantError> {
  const roles = checkRoles(registration.roles);
  if (!roles.ok) return roles;
  const { bankAccount } = registration;
  if (bankAccount === null && registration.roles.some((role) => role === 'merchant' || role === 'channel')) {
    return err(
      participantErrors.PARTICIPANT_BANK_ACCOUNT_MISSING(
        `Roles ${registration.roles.join(', ')} receive payouts, but no bank account was given.`,
        { pointer: '/bank_account' },
      ),
    );
  }
  const account = bankAccount === null ? ok(null) : checkBankAccount(bankAccount);
  if (!account.ok) return account;
  return ok({
    ...registration,
    bankAccount: account.value,
    status: 'registered',
    registeredAt: at,
    approvedAt: null,
    approvedBy: null,
    suspendedAt: null,
    suspensionReason: null,
    revision: 1,
  });
}

const goals: Readonly<Record<ParticipantCommand, ParticipantStatus>> = {
  approve: 'approved',
  suspend: 'suspended',
  reinstate: 'approved',
};

/**
 * Decides on a participant. A command that already happened changes nothing. `approve` does not lift a suspension,
 * so that a late repeat of an approval can never undo one: that takes `reinstate`.
 */
export function decideParticipant(
  participant: Participant,
  decision: ParticipantDecision,
): Result<ParticipantOutcome, ParticipantError> {
  const { command } = decision;
  if (participantTransitions.canTransition(participant.status, command)) {
    return ok({ participant: applyDecision(participant, decision), changed: true });
  }
  if (participant.status === goals[command]) return ok({ participant, changed: false });
  const accepted = participantTransitions.commandsFrom(participant.status);
  return err(
    participantErrors.PARTICIPANT_TRANSITION_REFUSED(
      `Participant ${participant.id} is ${participant.status}; "${command}" is not possible, only ${accepted.join(', ')}.`,
      { meta: { status: participant.status, accepted } },
    ),
  );
}

/**
 * When the present status was decided. The next decision must carry a later instant: other services order what they
 * hear about a participant by these times, also when it reaches them out of order.
 */
export function decidedAt(participant: Participant): Date {
  return participant.suspendedAt ?? participant.approvedAt ?? participant.registeredAt;
}

/** True when the organisation may act in this role now. */
export function mayActAs(participant: Participant, role: ParticipantRole): boolean {
  return participant.status === 'approved' && participant.roles.includes(role);
}

function applyDecision(participant: Participant, decision: ParticipantDecision): Participant {
  const revision = participant.revision + 1;
  switch (decision.command) {
    case 'approve':
    case 'reinstate':
      return {
        ...participant,
        status: 'approved',
        approvedAt: decision.at,
        approvedBy: decision.by,
        suspendedAt: null,
        suspensionReason: null,
        revision,
      };
    case 'suspend':
      return {
        ...participant,
        status: 'suspended',
        suspendedAt: decision.at,
        suspensionReason: decision.reason,
        revision,
      };
  }
}

function checkRoles(roles: readonly ParticipantRole[]): Result<null, ParticipantError> {
  const distinct = new Set(roles);
  // Independence: who audits a market does not trade in it.
  const conflicted = distinct.has('auditor') && distinct.size > 1;
  if (roles.length > 0 && distinct.size === roles.length && !conflicted) return ok(null);
  return err(
    participantErrors.PARTICIPANT_ROLES_INVALID(`Roles [${roles.join(', ')}] were refused.`, { pointer: '/roles' }),
  );
}
