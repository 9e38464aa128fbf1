import type {
  AgreementDispute,
  BankDetails,
  BoardEntry,
  Dispute,
  Hold,
  NodeAlarm,
  Participant,
  Product,
  ReconciliationException,
  SettlementAlarm,
} from '@hetao/client';
import type { LinkProps } from '@tanstack/react-router';
import type { Language, LocalizedText } from '@hetao/kernel';
import { moneyText } from '../../i18n/format.js';
import type { StatusWord } from '../status.js';
import { queues, type Queue } from './queues.js';

/** One case that does not go on without an operator. */
export interface Waiting {
  readonly id: string;
  readonly queue: Queue;
  readonly title: LocalizedText | string;
  readonly status: StatusWord;
  /** Since when it waits; ISO 8601. */
  readonly since: string;
  /** By when it has to be done, where a rule says so. */
  readonly due: string | null;
  readonly to: Pick<LinkProps, 'to' | 'params' | 'search'>;
}

/** What the services answered. */
export interface OpsWork {
  readonly products: readonly Product[];
  readonly participants: readonly Participant[];
  readonly declarations: readonly BoardEntry[];
  readonly holds: readonly Hold[];
  readonly exceptions: readonly ReconciliationException[];
  readonly disputes: readonly Dispute[];
  readonly agreementDisputes: readonly AgreementDispute[];
  readonly bankDetails: readonly BankDetails[];
  readonly alarms: readonly SettlementAlarm[];
  readonly logAlarms: readonly NodeAlarm[];
}

const CLOSED_DISPUTES: readonly string[] = ['settled', 'withdrawn', 'upheld', 'rejected'];

/** All of it as one list, what is late or soon due first, then the oldest. */
export function inboxOf(work: OpsWork): readonly Waiting[] {
  return [
    ...work.products.map(listing),
    ...work.participants.map(participant),
    ...work.declarations.map(declaration),
    ...work.holds.map(hold),
    ...work.exceptions.map(exception),
    ...work.disputes.map(invoiceDispute),
    ...work.agreementDisputes.filter(({ status }) => !CLOSED_DISPUTES.includes(status)).map(agreementDispute),
    ...work.bankDetails.filter(({ status }) => status === 'proposed').map(bankDetails),
    ...work.alarms.map(alarm),
    ...work.logAlarms.filter(({ acknowledged_at: seen }) => seen === null).map(alarm),
  ].sort(byUrgency);
}

/** With a clock before without, the earlier before the later. */
export function byUrgency(left: Waiting, right: Waiting): number {
  if (left.due !== null && right.due !== null) return Date.parse(left.due) - Date.parse(right.due);
  if (left.due !== null) return -1;
  if (right.due !== null) return 1;
  return Date.parse(left.since) - Date.parse(right.since);
}

/** A queue as it stands. */
export interface QueueState {
  readonly queue: Queue;
  readonly count: number;
  readonly late: number;
  /** Since when the oldest waits. */
  readonly oldest: string;
}

/** Every queue that is not empty, in the order of `queues`. `now` in milliseconds. */
export function queueStates(inbox: readonly Waiting[], now: number): readonly QueueState[] {
  return queues.flatMap((queue) => {
    const waiting = inbox.filter((item) => item.queue === queue);
    if (waiting.length === 0) return [];
    const oldest = waiting.reduce(
      (first, { since }) => (Date.parse(since) < Date.parse(first) ? since : first),
      '9999',
    );
    return [{ queue, count: waiting.length, late: waiting.filter((item) => isLate(item, now)).length, oldest }];
  });
}

/** Whether its clock has run out. A day that is named as such lasts until its end in the exchange's zone (+08:00). */
export function isLate({ due }: Pick<Waiting, 'due'>, now: number): boolean {
  if (due === null) return false;
  return Date.parse(/^\d{4}-\d\d-\d\d$/.test(due) ? `${due}T23:59:59+08:00` : due) < now;
}

const listing = (product: Product): Waiting => ({
  id: product.id,
  queue: 'listings',
  title: product.name,
  status: product.status,
  since: product.submitted_at ?? product.created_at,
  due: null,
  to: { to: '/ops/listings/$productId/review', params: { productId: product.id } },
});

const participant = (applicant: Participant): Waiting => ({
  id: applicant.id,
  queue: 'participants',
  title: applicant.name,
  status: applicant.status,
  since: applicant.submitted_at ?? applicant.registered_at,
  due: null,
  to: { to: '/ops/participants/$participantId', params: { participantId: applicant.id } },
});

const declaration = (entry: BoardEntry): Waiting => ({
  id: entry.id,
  queue: 'declarations',
  title: entry.title,
  status: entry.status,
  since: entry.submitted_at ?? entry.created_at,
  due: entry.next_due,
  to: { to: '/ops/clearance/$declarationId', params: { declarationId: entry.id } },
});

/** Several texts as one, in each language. */
function joined(texts: readonly LocalizedText[]): LocalizedText {
  const said = (language: Language) => texts.map((text) => text[language]).join(' · ');
  return { en: said('en'), 'zh-Hans': said('zh-Hans'), 'zh-Hant': said('zh-Hant') };
}

const hold = (standing: Hold): Waiting => ({
  id: standing.id,
  queue: 'holds',
  title: standing.risk === null ? standing.reason : joined(standing.risk.rules.map(({ text }) => text)),
  status: standing.lift_asked_by === null ? 'open' : 'requested',
  since: standing.put_at,
  due: null,
  to: { to: '/ops/clearance/$declarationId', params: { declarationId: standing.declaration_id } },
});

/** A day of the exchange, which reckons by Shenzhen's clock all year, as the instant it begins. */
const beginOf = (day: string) => `${day}T00:00:00+08:00`;

const exception = (one: ReconciliationException): Waiting => ({
  id: one.id,
  queue: 'exceptions',
  title: `${moneyText(one.amount)} · ${one.remittance || (one.counterparty.name ?? one.reason)}`,
  status: 'exception',
  since: one.booking_date === null ? one.due_at : beginOf(one.booking_date),
  due: one.due_at,
  to: { to: '/ops/reconciliation', search: { tab: 'exceptions', exception: one.id } },
});

const invoiceDispute = (dispute: Dispute): Waiting => ({
  id: dispute.id,
  queue: 'invoiceDisputes',
  title: dispute.reason,
  status: dispute.status,
  since: dispute.opened_at,
  due: null,
  to: { to: '/ops/disputes' },
});

const agreementDispute = (dispute: AgreementDispute): Waiting => ({
  id: dispute.id,
  queue: 'agreementDisputes',
  title: dispute.claim,
  status: dispute.status,
  since: dispute.opened_at,
  due: null,
  to: { to: '/ops/disputes' },
});

const bankDetails = (details: BankDetails): Waiting => ({
  id: details.id,
  queue: 'bankDetails',
  title: details.account.name,
  status: 'proposed',
  since: details.proposed_at,
  due: null,
  to: { to: '/ops/participants/$participantId', params: { participantId: details.participant_id } },
});

const alarm = (raised: Pick<SettlementAlarm, 'id' | 'detail' | 'raised_at'>): Waiting => ({
  id: raised.id,
  queue: 'alarms',
  title: raised.detail,
  status: 'alarm',
  since: raised.raised_at,
  due: null,
  to: { to: '/ops/system' },
});
