import { formatMoney, money, type Currency } from '@hetao/kernel';
import type { Equation } from './equation.js';
import type { SettlementPeriod } from './period.js';
import { checkArrival, type Arrival } from './usage-arrival.js';

/** Some things and how many there are of them in all: enough to act on, never without bound. */
export interface Sample {
  readonly count: number;
  readonly ids: readonly string[];
}

/** Everything a close looks at. */
export interface CloseFacts {
  readonly period: SettlementPeriod;
  readonly nowMs: number;
  readonly arrival: Arrival;
  /** Agreements with rated usage and no invoice. */
  readonly uninvoiced: Sample;
  /** Invoices that nobody has issued yet. */
  readonly drafts: Sample;
  readonly unpaidInvoices: Sample;
  /** Invoices with a dispute that nobody has decided: what is disputed can neither be paid out nor taken back. */
  readonly disputed: Sample;
  /** Paid invoices with a share that no payout covers. */
  readonly unpaidShares: Sample;
  readonly unsettledPayouts: Sample;
  /** Corrections of closed months that are charged or given back in this one, and are not yet. */
  readonly adjustmentsOwed: Sample;
  /** Alarms of the ledger's audits that nobody has seen to. */
  readonly alarms: Sample;
  /** Bank lines about the period, or booked in it, that nobody has told apart. */
  readonly openLines: Sample;
  /** Statements of the period that do not begin where the one before ended, and nobody has accepted it. */
  readonly statementGaps: Sample;
  /** Exchange rates that documents of the period need. */
  readonly missingRates: readonly { readonly base: string; readonly quote: string; readonly date: string }[];
  readonly clearing: readonly { readonly kind: string; readonly currency: Currency; readonly balanceMinor: bigint }[];
  readonly equations: readonly Equation[];
}

/** One question of the checklist. An item that is not ok blocks the close. */
export interface ChecklistItem {
  readonly code: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly fix: string;
  readonly ids: readonly string[];
}

/** Asks everything at once, so that an operator sees the whole way to the close. */
export function checklistOf(facts: CloseFacts): readonly ChecklistItem[] {
  return [
    periodOver(facts),
    usageComplete(facts),
    ...documents(facts),
    ...bankLines(facts),
    ratesKnown(facts),
    clearingZero(facts),
    equationHolds(facts),
    sampled('ALARMS_OPEN', facts.alarms, {
      done: 'No audit of the ledger found anything that nobody has seen to.',
      open: 'alarms of the ledger’s audits are open.',
      fix: 'Look into each of GET /v1/settlement/alarms?state=open and acknowledge it with what was done.',
    }),
  ];
}

function periodOver({ period, nowMs }: CloseFacts): ChecklistItem {
  const ends = period.endsAt.toISOString();
  return item('PERIOD_NOT_OVER', nowMs >= period.endsAt.getTime(), {
    done: `The period ended at ${ends}.`,
    open: `The period ends at ${ends}.`,
    fix: 'Close after the last instant of the month.',
  });
}

function usageComplete({ period, arrival }: CloseFacts): ChecklistItem {
  const checked = checkArrival(period.period, arrival);
  return item('USAGE_INCOMPLETE', checked.ok, {
    done: `Usage of all ${arrival.rated} agreements is rated.`,
    open: checked.ok ? '' : (checked.error.items ?? []).map(({ detail }) => detail).join(' '),
    fix: 'Close the usage period and wait for its usage and agreements.',
    ids: arrival.waiting,
  });
}

function documents(facts: CloseFacts): readonly ChecklistItem[] {
  return [
    sampled('INVOICES_MISSING', facts.uninvoiced, {
      done: 'All rated usage is invoiced.',
      open: 'agreements have rated usage without an invoice.',
      fix: 'POST /v1/settlement/periods/{period}/invoice.',
    }),
    sampled('INVOICES_DRAFT', facts.drafts, {
      done: 'No invoice is a draft.',
      open: 'invoices are drafts.',
      fix: 'Issue them or throw them away.',
    }),
    sampled('DISPUTES_OPEN', facts.disputed, {
      done: 'No invoice is disputed.',
      open: 'invoices are disputed.',
      fix: 'Decide each dispute: reject it, or accept it with a credit note.',
    }),
    sampled('ADJUSTMENTS_OWED', facts.adjustmentsOwed, {
      done: 'Every correction of an earlier month is charged or given back.',
      open: 'corrections of earlier months are neither charged nor given back.',
      fix: 'Issue the invoices they are about. What no credit note has room for is settled by hand: POST /v1/settlement/adjustments/{id}/settled-outside.',
    }),
    sampled('INVOICES_UNPAID', facts.unpaidInvoices, {
      done: 'Every invoice is paid.',
      open: 'invoices are not paid.',
      fix: 'Collect them and import the bank statement that shows the payments.',
    }),
    sampled('SHARES_NOT_PAID_OUT', facts.unpaidShares, {
      done: 'Every share that leaves the exchange stands in a payout.',
      open: 'invoices have shares that no payout covers.',
      fix: 'POST /v1/settlement/periods/{period}/payouts; its answer says what holds a payable back.',
    }),
    sampled('PAYOUTS_NOT_SETTLED', facts.unsettledPayouts, {
      done: 'Every payout was seen on a bank statement.',
      open: 'payouts were instructed but are on no bank statement yet.',
      fix: 'Import the bank statement that shows them.',
    }),
  ];
}

function bankLines(facts: CloseFacts): readonly ChecklistItem[] {
  return [
    sampled('STATEMENTS_MISSING', facts.statementGaps, {
      done: 'Each bank statement of the period begins where the one before ended.',
      open: 'bank statements do not begin where the one before ended.',
      fix: 'Import the statements between them, or accept the gap: POST /v1/bank-statements/{id}/accept-gap.',
    }),
    sampled('BANK_LINES_OPEN', facts.openLines, {
      done: 'No bank line of the period waits for a decision.',
      open: 'bank lines about the period, or booked in it, are exceptions.',
      fix: 'Resolve each under GET /v1/reconciliation/exceptions?period={period}: allocate it, keep it on account, send it back or write it off.',
    }),
  ];
}

function ratesKnown({ missingRates }: CloseFacts): ChecklistItem {
  const named = missingRates.slice(0, 20).map(({ base, quote, date }) => `${base}/${quote} of ${date}`);
  return item('RATES_MISSING', missingRates.length === 0, {
    done: 'Every exchange rate that the period needs is known.',
    open: `Rates are missing: ${named.join(', ')}.`,
    fix: 'Import them: POST /v1/settlement/fx/rates. No rate is ever guessed.',
  });
}

function clearingZero({ clearing }: CloseFacts): ChecklistItem {
  const open = clearing.filter(({ balanceMinor }) => balanceMinor !== 0n);
  const balances = open.map(
    ({ kind, currency, balanceMinor }) => `${kind} ${currency} ${formatMoney(money(balanceMinor, currency))}`,
  );
  return item('CLEARING_NOT_ZERO', open.length === 0, {
    done: 'Nothing is left on the clearing accounts.',
    open: `Left on the clearing accounts: ${balances.join(', ')}.`,
    fix: 'The items above say which documents hold it; it clears with them.',
  });
}

function equationHolds({ equations }: CloseFacts): ChecklistItem {
  const faults = equations.flatMap(({ currency, differences }) =>
    differences.map(
      ({ left, right, amountMinor }) =>
        `Σ ${left} exceeds Σ ${right} by ${currency} ${formatMoney(money(amountMinor, currency))}`,
    ),
  );
  return item('EQUATION_BROKEN', faults.length === 0, {
    done: 'Σ usage = Σ rated = Σ invoiced = Σ split = Σ paid out + fee + tax.',
    open: `${faults.join('; ')}.`,
    fix: 'Open GET /v1/settlement/periods/{period}/equation and follow the ids of the terms that differ.',
  });
}

interface Wording {
  readonly done: string;
  readonly open: string;
  readonly fix: string;
  readonly ids?: readonly string[];
}

function item(code: string, isOk: boolean, { done, open, fix, ids = [] }: Wording): ChecklistItem {
  return { code, ok: isOk, detail: isOk ? done : open, fix: isOk ? '' : fix, ids };
}

function sampled(code: string, { count, ids }: Sample, { open, ...wording }: Wording): ChecklistItem {
  return item(code, count === 0, { ...wording, open: `${count} ${open}`, ids });
}
