import type { Currency } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import type { CloseFacts, Sample } from './close-checklist.js';
import { FxClose } from '../fx/fx-close.book.js';
import { equationOf } from './equation.js';
import { FiguresQueries, type PeriodFigures } from './figures.queries.js';
import { dateIn, type SettlementPeriod } from './period.js';
import { PeriodRepository } from './period.repository.js';

/** Ids an item of the checklist shows. */
const MAX_IDS = 20;

/** Gathers what a close looks at. */
@Injectable()
export class CloseFactsQueries {
  readonly #periods: PeriodRepository;
  readonly #figures: FiguresQueries;
  readonly #fx: FxClose;

  constructor(periods: PeriodRepository, figures: FiguresQueries, fx: FxClose) {
    this.#periods = periods;
    this.#figures = figures;
    this.#fx = fx;
  }

  async read(tx: Tx, period: SettlementPeriod, now: Date): Promise<{ facts: CloseFacts; figures: PeriodFigures }> {
    const name = period.period;
    const figures = await this.#figures.read(tx, name);
    const facts: CloseFacts = {
      period,
      nowMs: now.getTime(),
      arrival: await this.#periods.usageArrival(tx, name),
      uninvoiced: await sample(tx, UNINVOICED, [name]),
      drafts: await sample(tx, DRAFTS, [name]),
      disputed: await sample(tx, DISPUTED, [name]),
      unpaidInvoices: await sample(tx, UNPAID_INVOICES, [name]),
      unpaidShares: await sample(tx, UNPAID_SHARES, [name]),
      unsettledPayouts: await sample(tx, UNSETTLED_PAYOUTS, [name]),
      adjustmentsOwed: await sample(tx, ADJUSTMENTS_OWED, [name]),
      alarms: await sample(tx, ALARMS, []),
      openLines: await sample(tx, OPEN_LINES, [name, ...datesOf(period)]),
      statementGaps: await sample(tx, STATEMENT_GAPS, datesOf(period)),
      missingRates: await this.#fx.missing(tx, period),
      clearing: figures.currencies.flatMap(clearingOf),
      equations: figures.currencies.map(equationOf),
    };
    return { facts, figures };
  }
}

const UNINVOICED = `
  SELECT u.agreement_id AS id FROM usage_periods u WHERE u.period = $1 AND u.state = 'rated'
     AND NOT EXISTS (SELECT 1 FROM invoices i WHERE i.agreement_id = u.agreement_id AND i.period = u.period AND i.state <> 'void')`;
const DRAFTS = `SELECT invoice_id AS id FROM invoices WHERE period = $1 AND state = 'draft'`;
const DISPUTED = `
  SELECT DISTINCT d.invoice_id AS id FROM invoice_disputes d JOIN invoices i USING (invoice_id)
   WHERE i.period = $1 AND d.state = 'open'`;
/** Also those of closed months whose payment was taken back in this one: its books have the hole. */
const UNPAID_INVOICES = `
  SELECT invoice_id AS id FROM invoices WHERE state IN ('issued', 'part_paid') AND (period = $1
     OR invoice_id IN (SELECT invoice_id FROM invoice_split_moves WHERE period = $1 AND cause_kind = 'payment_reversal'))`;
const UNPAID_SHARES = `
  SELECT DISTINCT s.invoice_id AS id FROM (SELECT DISTINCT invoice_id FROM invoice_split_moves WHERE period = $1) m
    JOIN payable_shares s USING (invoice_id)
    LEFT JOIN LATERAL (SELECT amount_minor FROM paid_out_shares p
                        WHERE p.invoice_id = s.invoice_id AND p.share = s.share) g ON true
   WHERE s.amount_minor > coalesce(g.amount_minor, 0)`;
const ADJUSTMENTS_OWED = `
  SELECT adjustment_id AS id FROM usage_adjustments WHERE adjustment_period = $1 AND state IN ('waiting', 'owed')`;
const ALARMS = `SELECT alarm_id AS id FROM settlement_alarms WHERE acknowledged_at IS NULL`;
const UNSETTLED_PAYOUTS = `SELECT payout_id AS id FROM payouts WHERE period = $1 AND state = 'instructed'`;
const STATEMENT_GAPS = `
  SELECT statement_id AS id FROM bank_statement_chain
   WHERE previous_id IS NOT NULL AND expected_minor <> opening_minor AND gap_accepted_at IS NULL
     AND closing_date BETWEEN $1 AND $2`;
/** A line that names nothing of ours may be anybody's: it blocks the month it was booked in. */
const OPEN_LINES = `
  SELECT x.line_id AS id FROM match_exceptions x JOIN bank_statement_lines l USING (line_id)
   WHERE x.resolved_at IS NULL AND (x.period = $1 OR (x.period IS NULL AND l.booking_date BETWEEN $2 AND $3))`;

async function sample(tx: Tx, sql: string, params: readonly string[]): Promise<Sample> {
  const rows = await tx.query<{ id: string; total: string }>(
    `SELECT id, count(*) OVER () AS total FROM (${sql}) found ORDER BY id LIMIT ${MAX_IDS}`,
    [...params],
  );
  return { count: Number(rows[0]?.total ?? 0), ids: rows.map(({ id }) => id) };
}

/** First and last calendar day of the period in its own zone. */
function datesOf({ startsAt, endsAt, timeZone }: SettlementPeriod): [string, string] {
  return [dateIn(timeZone, startsAt.getTime()), dateIn(timeZone, endsAt.getTime() - 1)];
}

function clearingOf({ currency, clearing }: { currency: Currency; clearing: ReadonlyMap<string, bigint> }) {
  return [...clearing].map(([kind, balanceMinor]) => ({ kind, currency, balanceMinor }));
}
