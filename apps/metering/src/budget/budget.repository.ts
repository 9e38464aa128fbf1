import { Injectable } from '@nestjs/common';
import type { Queryable } from '@hetao/clearance';
import { type Currency, Decimal } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import type { AnyPricePlan } from '@hetao/rating';
import type { Interval } from '../window/calendar.js';
import { formatInstant } from '../window/instant.js';
import type { LimitAlert } from './budget.js';
import { type Budget, type BudgetUse, type Measure, unused } from './budget-use.js';

interface BudgetRow {
  readonly budget_id: string;
  readonly agreement_id: string;
  readonly scope: Budget['scope'];
  readonly scope_value: string | null;
  readonly meter: string | null;
  readonly currency: Currency | null;
  readonly plan: AnyPricePlan | null;
  readonly strength: Budget['strength'];
  readonly quantity_limit: string;
  readonly cadence: Budget['cadence'];
  readonly time_zone: string;
  readonly thresholds: number[];
}

interface UseRow {
  readonly budget_id: string;
  readonly period_start: Date;
  readonly used: string;
  readonly quantities: Readonly<Record<string, string>>;
  readonly alerted_percent: number;
  readonly is_forecast_alerted: boolean;
}

/** An alert as it was told. */
export interface ToldAlert extends LimitAlert {
  readonly alertId: string;
  readonly use: BudgetUse;
  readonly alertedAt: Date;
}

/** An alert of the list. */
export interface AlertView {
  readonly alertId: string;
  readonly budgetId: string;
  readonly cause: LimitAlert['cause'];
  readonly percent: number;
  readonly currency: string | null;
  readonly limit: string;
  readonly used: string;
  readonly periodStart: Date;
  readonly periodEnd: Date;
  readonly alertedAt: Date;
}

/** A budget in money comes with the plan that it is rated by. */
const BUDGETS = `SELECT b.*, t.plan FROM usage_budgets b
  LEFT JOIN agreement_terms t ON t.agreement_id = b.agreement_id AND b.currency IS NOT NULL`;

/** Budgets, what was taken of them, and what was told. */
@Injectable()
export class BudgetRepository {
  async add(tx: Tx, budget: Budget, created: { readonly by: string; readonly at: Date }): Promise<void> {
    const { measure } = budget;
    await tx.execute(
      `INSERT INTO usage_budgets (budget_id, agreement_id, scope, scope_value, meter, currency, strength, quantity_limit,
                                  cadence, time_zone, thresholds, created_by, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        ...[budget.budgetId, budget.agreementId, budget.scope, budget.scopeValue],
        ...[measure.kind === 'quantity' ? measure.meter : null, measure.kind === 'money' ? measure.currency : null],
        budget.strength,
        ...[budget.limit.toString(), budget.cadence, budget.timeZone, budget.thresholds, created.by, created.at],
      ],
    );
  }

  async end(tx: Tx, budgetId: string, at: Date): Promise<void> {
    await tx.execute('UPDATE usage_budgets SET ended_at = $2 WHERE budget_id = $1 AND ended_at IS NULL', [
      budgetId,
      at,
    ]);
  }

  async find(client: Queryable, budgetId: string): Promise<Budget | undefined> {
    const { rows } = await client.query<BudgetRow>(`${BUDGETS} WHERE budget_id = $1`, [budgetId]);
    return rows.map(budgetOf)[0];
  }

  /** Budgets of the agreements that have not been ended. */
  async active(client: Queryable, agreementIds: readonly string[]): Promise<readonly Budget[]> {
    const { rows } = await client.query<BudgetRow>(
      `${BUDGETS} WHERE b.agreement_id = ANY($1) AND ended_at IS NULL ORDER BY budget_id`,
      [agreementIds],
    );
    return rows.map(budgetOf);
  }

  /** Uses of budgets in periods; one that nothing was taken of is zero. */
  async uses(client: Queryable, wanted: readonly (readonly [Budget, Interval])[]): Promise<readonly BudgetUse[]> {
    return this.#read(client, wanted, '');
  }

  /** The same, made where they are missing and locked until the transaction ends, in the order of their key. */
  async lockUses(tx: Tx, wanted: readonly (readonly [Budget, Interval])[]): Promise<readonly BudgetUse[]> {
    if (wanted.length === 0) return [];
    await tx.execute(
      `INSERT INTO usage_budget_uses (budget_id, period_start, period_end)
       SELECT * FROM unnest($1::text[], $2::timestamptz[], $3::timestamptz[]) ORDER BY 1, 2 ON CONFLICT DO NOTHING`,
      [...keysOf(wanted), wanted.map(([, period]) => formatInstant(period.endMs))],
    );
    return this.#read(tx.client, wanted, 'FOR UPDATE OF u');
  }

  async #read(
    client: Queryable,
    wanted: readonly (readonly [Budget, Interval])[],
    lock: '' | 'FOR UPDATE OF u',
  ): Promise<readonly BudgetUse[]> {
    const { rows } = await client.query<UseRow>(
      `SELECT u.budget_id, u.period_start, u.used, u.quantities, u.alerted_percent, u.is_forecast_alerted
         FROM usage_budget_uses u
         JOIN unnest($1::text[], $2::timestamptz[]) AS k (budget_id, period_start) USING (budget_id, period_start)
        ORDER BY u.budget_id, u.period_start ${lock}`,
      keysOf(wanted),
    );
    const found = new Map(rows.map((row) => [`${row.budget_id} ${row.period_start.getTime()}`, row]));
    return wanted.map(([budget, period]) => {
      const row = found.get(`${budget.budgetId} ${period.startMs}`);
      return row ? useOf(budget, period, row) : unused(budget, period);
    });
  }

  /** Writes uses that were locked in the same transaction. */
  async save(tx: Tx, uses: readonly BudgetUse[]): Promise<void> {
    if (uses.length === 0) return;
    await tx.execute(
      `UPDATE usage_budget_uses u
          SET used = n.used, quantities = n.quantities, alerted_percent = n.alerted_percent, is_forecast_alerted = n.is_forecast_alerted
         FROM unnest($1::text[], $2::timestamptz[], $3::numeric[], $4::jsonb[], $5::int[], $6::boolean[])
              AS n (budget_id, period_start, used, quantities, alerted_percent, is_forecast_alerted)
        WHERE u.budget_id = n.budget_id AND u.period_start = n.period_start`,
      [
        ...keysOf(uses.map((use) => [use.budget, use.period])),
        uses.map((use) => use.used.toString()),
        uses.map((use) =>
          JSON.stringify(Object.fromEntries([...use.quantities].map(([meter, one]) => [meter, one.toString()]))),
        ),
        uses.map((use) => use.alertedPercent),
        uses.map((use) => use.isForecastAlerted),
      ],
    );
  }

  async addAlerts(tx: Tx, alerts: readonly ToldAlert[]): Promise<void> {
    for (const { alertId, use, cause, percent, alertedAt } of alerts) {
      const { budget, period } = use;
      await tx.execute(
        `INSERT INTO usage_alerts (alert_id, budget_id, agreement_id, cause, percent, quantity_limit, used, period_start,
                                   period_end, alerted_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          ...[alertId, budget.budgetId, budget.agreementId, cause, percent, budget.limit.toString()],
          ...[use.used.toString(), formatInstant(period.startMs), formatInstant(period.endMs), alertedAt],
        ],
      );
    }
  }

  /** Alerts of an agreement in the order in which they were told, after one of them. */
  async alerts(client: Queryable, agreementId: string, after: string, limit: number): Promise<readonly AlertView[]> {
    const { rows } = await client.query<AlertView>(
      `SELECT alert_id AS "alertId", budget_id AS "budgetId", cause, percent, b.currency,
              trim_scale(a.quantity_limit)::text AS "limit", trim_scale(used)::text AS used,
              period_start AS "periodStart", period_end AS "periodEnd", alerted_at AS "alertedAt"
         FROM usage_alerts a JOIN usage_budgets b USING (budget_id)
        WHERE a.agreement_id = $1 AND alert_id > $2 ORDER BY alert_id LIMIT $3`,
      [agreementId, after, limit],
    );
    return rows;
  }
}

function keysOf(wanted: readonly (readonly [Budget, Interval])[]): [string[], string[]] {
  return [wanted.map(([budget]) => budget.budgetId), wanted.map(([, period]) => formatInstant(period.startMs))];
}

function budgetOf(row: BudgetRow): Budget {
  return {
    budgetId: row.budget_id,
    agreementId: row.agreement_id,
    scope: row.scope,
    scopeValue: row.scope_value,
    measure: measureOf(row),
    strength: row.strength,
    limit: Decimal.parse(row.quantity_limit),
    cadence: row.cadence,
    timeZone: row.time_zone,
    thresholds: row.thresholds,
  };
}

function measureOf({ budget_id: budgetId, meter, currency, plan }: BudgetRow): Measure {
  if (meter !== null) return { kind: 'quantity', meter };
  if (currency === null || plan === null) throw new Error(`The plan of budget ${budgetId} is gone, though terms stay.`);
  return { kind: 'money', currency, plan };
}

function useOf(budget: Budget, period: Interval, row: UseRow): BudgetUse {
  return {
    budget,
    period,
    used: Decimal.parse(row.used),
    quantities: new Map(Object.entries(row.quantities).map(([meter, quantity]) => [meter, Decimal.parse(quantity)])),
    alertedPercent: row.alerted_percent,
    isForecastAlerted: row.is_forecast_alerted,
  };
}
