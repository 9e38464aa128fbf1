import { Injectable } from '@nestjs/common';
import type { Queryable } from '@hetao/clearance';
import { Decimal } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import type { Interval } from '../window/calendar.js';
import { formatInstant } from '../window/instant.js';
import type { Budget, BudgetUse, LimitAlert } from './budget.js';

interface BudgetRow {
  readonly budget_id: string;
  readonly agreement_id: string;
  readonly scope: Budget['scope'];
  readonly scope_value: string | null;
  readonly meter: string;
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
  readonly limit: string;
  readonly used: string;
  readonly periodStart: Date;
  readonly periodEnd: Date;
  readonly alertedAt: Date;
}

/** Budgets, what was taken of them, and what was told. */
@Injectable()
export class BudgetRepository {
  async add(tx: Tx, budget: Budget, created: { readonly by: string; readonly at: Date }): Promise<void> {
    await tx.execute(
      `INSERT INTO usage_budgets (budget_id, agreement_id, scope, scope_value, meter, strength, quantity_limit, cadence,
                                  time_zone, thresholds, created_by, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        ...[budget.budgetId, budget.agreementId, budget.scope, budget.scopeValue, budget.meter, budget.strength],
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
    const { rows } = await client.query<BudgetRow>('SELECT * FROM usage_budgets WHERE budget_id = $1', [budgetId]);
    return rows.map(budgetOf)[0];
  }

  /** Budgets of the agreements that have not been ended. */
  async active(client: Queryable, agreementIds: readonly string[]): Promise<readonly Budget[]> {
    const { rows } = await client.query<BudgetRow>(
      'SELECT * FROM usage_budgets WHERE agreement_id = ANY($1) AND ended_at IS NULL ORDER BY budget_id',
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
      `SELECT u.budget_id, u.period_start, u.used, u.alerted_percent, u.is_forecast_alerted
         FROM usage_budget_uses u
         JOIN unnest($1::text[], $2::timestamptz[]) AS k (budget_id, period_start) USING (budget_id, period_start)
        ORDER BY u.budget_id, u.period_start ${lock}`,
      keysOf(wanted),
    );
    const found = new Map(rows.map((row) => [`${row.budget_id} ${row.period_start.getTime()}`, row]));
    return wanted.map(([budget, period]) => {
      const row = found.get(`${budget.budgetId} ${period.startMs}`);
      return {
        budget,
        period,
        used: row ? Decimal.parse(row.used) : Decimal.zero,
        alertedPercent: row?.alerted_percent ?? 0,
        isForecastAlerted: row?.is_forecast_alerted ?? false,
      };
    });
  }

  /** Writes uses that were locked in the same transaction. */
  async save(tx: Tx, uses: readonly BudgetUse[]): Promise<void> {
    if (uses.length === 0) return;
    await tx.execute(
      `UPDATE usage_budget_uses u
          SET used = n.used, alerted_percent = n.alerted_percent, is_forecast_alerted = n.is_forecast_alerted
         FROM unnest($1::text[], $2::timestamptz[], $3::numeric[], $4::int[], $5::boolean[])
              AS n (budget_id, period_start, used, alerted_percent, is_forecast_alerted)
        WHERE u.budget_id = n.budget_id AND u.period_start = n.period_start`,
      [
        ...keysOf(uses.map((use) => [use.budget, use.period])),
        uses.map((use) => use.used.toString()),
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
      `SELECT alert_id AS "alertId", budget_id AS "budgetId", cause, percent,
              trim_scale(quantity_limit)::text AS "limit", trim_scale(used)::text AS used,
              period_start AS "periodStart", period_end AS "periodEnd", alerted_at AS "alertedAt"
         FROM usage_alerts WHERE agreement_id = $1 AND alert_id > $2 ORDER BY alert_id LIMIT $3`,
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
    meter: row.meter,
    strength: row.strength,
    limit: Decimal.parse(row.quantity_limit),
    cadence: row.cadence,
    timeZone: row.time_zone,
    thresholds: row.thresholds,
  };
}
