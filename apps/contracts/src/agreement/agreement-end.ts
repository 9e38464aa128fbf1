import { earlier, err, instantOf, later, ok, type Result } from '@hetao/kernel';
import {
  agreementTransitions,
  isBinding,
  move,
  refuse,
  unchanged,
  type Agreement,
  type AgreementOutcome,
  type AgreementParty,
  type Signer,
} from './agreement.js';
import { agreementErrors, type AgreementError } from './agreement.errors.js';

const DAY_MS = 86_400_000;

/** Who ends an agreement, and why. */
export interface EndOrder {
  /** Null where time does it. */
  readonly by: Signer | null;
  readonly reason: string;
  readonly at: Date;
}

/**
 * Ends, for a party (`end`) or for the operator (`terminate`), what is not over yet, at once; unsigned ones lapse.
 * Doing it again changes nothing. Whether a party owes notice first is for {@link leaveAgreement} to say.
 */
export function endAgreement(
  agreement: Agreement,
  input: EndOrder & { command: 'end' | 'terminate' },
): Result<AgreementOutcome, AgreementError> {
  const goal = input.command === 'end' ? 'ended' : 'terminated';
  if (agreement.status === goal || agreement.status === 'lapsed') return ok(unchanged(agreement));
  const [to] = agreementTransitions.targets(agreement.status, input.command);
  if (to === undefined) return refuse(agreement, input.command);
  return ok(move(agreement, { ...input, to }));
}

/**
 * A party leaves: at once where the agreement asks for no notice or nobody is bound yet, else from the day its notice
 * runs out, or a later one it names. A second notice of the same party counts when it ends the agreement earlier.
 *
 * @param input.endsAt when it is to end, at or after the notice; null for as soon as may be.
 */
export function leaveAgreement(
  agreement: Agreement,
  input: EndOrder & { party: AgreementParty; endsAt: Date | null },
): Result<AgreementOutcome, AgreementError> {
  const { party, reason, at, by } = input;
  const soonest = later(at, agreement.noticeDays * DAY_MS);
  const wanted = input.endsAt ?? soonest;
  if (!isBinding(agreement) || (agreement.noticeDays === 0 && wanted.getTime() <= at.getTime())) {
    return endAgreement(agreement, { command: 'end', by, reason, at });
  }
  if (wanted.getTime() < soonest.getTime()) {
    return err(
      agreementErrors.AGREEMENT_NOTICE_SHORT(
        `Agreement ${agreement.id} asks for ${agreement.noticeDays} days of notice: it can end at ${soonest.toISOString()} at the earliest.`,
        { pointer: '/ends_at', meta: { earliest: soonest.toISOString() } },
      ),
    );
  }
  const endsAt = earlier(wanted, agreement.effectiveUntil);
  const before = agreement.notices.find((notice) => notice.party === party);
  if (before !== undefined && before.endsAt <= endsAt.toISOString()) return ok(unchanged(agreement));
  const notices = [
    ...agreement.notices.filter((notice) => notice.party !== party),
    { party, reason, givenAt: at.toISOString(), endsAt: endsAt.toISOString() },
  ];
  return ok(move({ ...agreement, notices }, { command: 'give_notice', to: agreement.status, at, by, reason }));
}

/** A party takes its notice back, as long as it has not run out; without one, nothing changes. */
export function withdrawNotice(
  agreement: Agreement,
  input: EndOrder & { party: AgreementParty },
): Result<AgreementOutcome, AgreementError> {
  if (!agreementTransitions.canTransition(agreement.status, 'withdraw_notice')) {
    return refuse(agreement, 'withdraw_notice');
  }
  const notices = agreement.notices.filter((notice) => notice.party !== input.party);
  if (notices.length === agreement.notices.length) return ok(unchanged(agreement));
  const { by, reason, at } = input;
  return ok(move({ ...agreement, notices }, { command: 'withdraw_notice', to: agreement.status, at, by, reason }));
}

/** When the earliest notice runs out; null where nobody gave one. */
export function noticeEndsAt({ notices }: Pick<Agreement, 'notices'>): Date | null {
  const ends = notices.map(({ endsAt }) => instantOf(endsAt));
  return ends.length === 0 ? null : ends.reduce(earlier);
}

/** Another text of the same two takes its place. One that is held is not replaced: that would lift the hold. */
export function supersedeAgreement(
  agreement: Agreement,
  input: { by: Signer | null; successorId: string; at: Date },
): Result<AgreementOutcome, AgreementError> {
  if (agreement.status === 'superseded') return ok(unchanged(agreement));
  const [to] = agreementTransitions.targets(agreement.status, 'supersede');
  if (to === undefined) return refuse(agreement, 'supersede');
  const { by, at, successorId } = input;
  return ok(move(agreement, { command: 'supersede', to, at, by, reason: `superseded by ${successorId}` }));
}
