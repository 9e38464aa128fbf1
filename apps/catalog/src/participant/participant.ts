import { err, ok, type Currency, type Jurisdiction, type LocalizedText, type Result } from '@hetao/kernel';
import { checkBankAccount, type BankAccount } from './bank-account.js';
import { participantErrors, type ParticipantError } from './participant.errors.js';
import { participantTransitions, type ParticipantCommand, type ParticipantStatus } from './participant-transitions.js';

export { participantTransitions, type ParticipantCommand, type ParticipantStatus };

/** Who trades, and who runs or audits the market. */
export const tradingRoles = ['merchant', 'buyer', 'operator', 'auditor', 'channel'] as const;
/** Third-party bodies: they serve the market without trading in it. */
export const bodyRoles = ['law_firm', 'quality_body', 'security_body', 'registrar'] as const;
/** What an organisation may do on the exchange. */
export const participantRoles = [...tradingRoles, ...bodyRoles] as const;
export type ParticipantRole = (typeof participantRoles)[number];

/** What an organisation tells of itself when it asks to take part. */
export interface Profile {
  readonly legalName: string;
  readonly registrationNumber: string;
  readonly address: string;
  readonly website: string | null;
  readonly contact: { readonly name: string; readonly email: string; readonly phone: string | null };
  /** Beneficial owners by name, with the share they hold in percent as a decimal. */
  readonly owners: readonly { readonly name: string; readonly share: string }[];
  /** Where its data comes from, or what it buys data for. */
  readonly statement: string;
}

/** An organisation on the exchange. Times are instants (UTC). */
export interface Participant {
  readonly id: string;
  readonly name: LocalizedText;
  readonly jurisdiction: Jurisdiction;
  readonly roles: readonly ParticipantRole[];
  readonly homeCurrency: Currency;
  readonly bankAccount: BankAccount | null;
  readonly profile: Profile | null;
  readonly status: ParticipantStatus;
  readonly registeredAt: Date;
  readonly submittedAt: Date | null;
  readonly submittedBy: string | null;
  /** The reviewer who took the application up. */
  readonly takenBy: string | null;
  readonly approvedAt: Date | null;
  readonly approvedBy: string | null;
  readonly suspendedAt: Date | null;
  readonly suspensionReason: string | null;
  readonly endedAt: Date | null;
  readonly endReason: string | null;
  readonly certificateNumber: string | null;
  /** Last day of the certificate, ISO 8601. */
  readonly certificateUntil: string | null;
  /** Counts every change; the number of the last history entry. */
  readonly revision: number;
}

/** What is written down when an organisation joins. */
export interface Registration {
  readonly id: string;
  readonly name: LocalizedText;
  readonly jurisdiction: Jurisdiction;
  readonly roles: readonly ParticipantRole[];
  readonly homeCurrency: Currency;
  readonly bankAccount: BankAccount | null;
}

/** The outcome of a command; `changed` is false when it had already happened, so nothing is written or published. */
export interface ParticipantOutcome {
  readonly participant: Participant;
  readonly changed: boolean;
}

/** Registers an organisation whose papers the operator holds. Whoever is paid needs an account to be paid to. */
export function registerParticipant(registration: Registration, at: Date): Result<Participant, ParticipantError> {
  const begun = beginApplication(registration, at);
  if (!begun.ok) return begun;
  const payable = checkPayable(begun.value);
  return payable.ok ? ok({ ...begun.value, status: 'registered' }) : payable;
}

/** Begins the application an organisation completes by itself; what is missing is asked when it is submitted. */
export function beginApplication(registration: Registration, at: Date): Result<Participant, ParticipantError> {
  const roles = checkRoles(registration.roles);
  if (!roles.ok) return roles;
  const { bankAccount } = registration;
  const account = bankAccount === null ? ok(null) : checkBankAccount(bankAccount);
  if (!account.ok) return account;
  return ok({
    ...registration,
    bankAccount: account.value,
    profile: null,
    status: 'draft',
    registeredAt: at,
    submittedAt: null,
    submittedBy: null,
    takenBy: null,
    approvedAt: null,
    approvedBy: null,
    suspendedAt: null,
    suspensionReason: null,
    endedAt: null,
    endReason: null,
    certificateNumber: null,
    certificateUntil: null,
    revision: 1,
  });
}

/** Refuses a merchant or channel partner nobody could pay. */
export function checkPayable({ roles, bankAccount }: Participant): Result<null, ParticipantError> {
  if (bankAccount !== null || !roles.some((role) => role === 'merchant' || role === 'channel')) return ok(null);
  const detail = `Roles ${roles.join(', ')} receive payouts, but no bank account was given.`;
  return err(participantErrors.PARTICIPANT_BANK_ACCOUNT_MISSING(detail, { pointer: '/bank_account' }));
}

/**
 * When the present status was decided. The next decision must carry a later instant: other services order what they
 * hear about a participant by these times, also when it reaches them out of order.
 */
export function decidedAt(participant: Participant): Date {
  const { endedAt, suspendedAt, approvedAt, submittedAt, registeredAt } = participant;
  return endedAt ?? suspendedAt ?? approvedAt ?? submittedAt ?? registeredAt;
}

/** True when the organisation may act in this role now. */
export function mayActAs(participant: Participant, role: ParticipantRole): boolean {
  return participant.status === 'approved' && participant.roles.includes(role);
}

/** The refusal every command shares, with what can be done instead. */
export function refuseStep({ id, status }: Participant, command: ParticipantCommand): Result<never, ParticipantError> {
  const accepted = participantTransitions.commandsFrom(status);
  const instead = accepted.length === 0 ? 'nothing is possible any more' : `only ${accepted.join(', ')}`;
  const detail = `Participant ${id} is ${status}; "${command}" is not possible, ${instead}.`;
  return err(participantErrors.PARTICIPANT_TRANSITION_REFUSED(detail, { meta: { status, accepted } }));
}

/** Refuses roles that contradict each other. */
export function checkRoles(roles: readonly ParticipantRole[]): Result<null, ParticipantError> {
  const distinct = new Set(roles);
  // Independence: who audits a market, or certifies what is sold in it, does not trade in it.
  const audits = distinct.has('auditor') && distinct.size > 1;
  const certifies = bodyRoles.some((role) => distinct.has(role)) && tradingRoles.some((role) => distinct.has(role));
  if (roles.length > 0 && distinct.size === roles.length && !audits && !certifies) return ok(null);
  return err(
    participantErrors.PARTICIPANT_ROLES_INVALID(`Roles [${roles.join(', ')}] were refused.`, { pointer: '/roles' }),
  );
}
