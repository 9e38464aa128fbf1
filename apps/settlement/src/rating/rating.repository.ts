import type { Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import type { RatingContext } from '@hetao/rating';
import { storedContext, storedLot, type EarlierRating } from './rating-context.js';
import { ChargeRow, UsagePeriodRow } from './rating.entity.js';
import { usageKey, type PeriodCharge, type RatedPeriod, type UsagePeriod } from './rating.js';

/** PostgreSQL takes 65,535 parameters a statement; a charge has seventeen. */
const ROWS_A_STATEMENT = 1_000;

/** Usage as metering closed it, and the charges made of it. */
@Injectable()
export class RatingRepository {
  /** What is known of the usage of these agreements and periods, by {@link usageKey}. */
  async findUsages(tx: Tx, usages: readonly UsagePeriod[]): Promise<ReadonlyMap<string, UsagePeriod>> {
    const rows = await tx.manager
      .createQueryBuilder(UsagePeriodRow, 'usage')
      .where('usage.agreement_id = ANY(:ids) AND usage.period = ANY(:periods)', {
        ids: usages.map(({ agreementId }) => agreementId),
        periods: [...new Set(usages.map(({ period }) => period))],
      })
      .getMany();
    return new Map(rows.map((row) => [usageKey(row), row]));
  }

  async addUsages(tx: Tx, usages: readonly UsagePeriod[]): Promise<void> {
    for (let from = 0; from < usages.length; from += ROWS_A_STATEMENT) {
      const rows = usages.slice(from, from + ROWS_A_STATEMENT).map((usage) => ({ ...usage }));
      await tx.manager.insert(UsagePeriodRow, rows);
    }
  }

  /** Keeps the charges of many periods rated by plans of the first form, and marks their usage as rated. */
  async addPlainCharges(tx: Tx, usages: readonly UsagePeriod[], charges: readonly PeriodCharge[]): Promise<void> {
    for (let from = 0; from < charges.length; from += ROWS_A_STATEMENT) {
      const rows = charges.slice(from, from + ROWS_A_STATEMENT).map((charge) => ({ ...charge }));
      await tx.manager.insert(ChargeRow, rows);
    }
    await tx.execute(
      `UPDATE usage_periods u SET state = 'rated' FROM unnest($1::text[], $2::text[]) AS r(agreement_id, period)
        WHERE u.agreement_id = r.agreement_id AND u.period = r.period`,
      [usages.map(({ agreementId }) => agreementId), usages.map(({ period }) => period)],
    );
  }

  /** Marks a month that ended before its agreement came into force as rated: to nothing. */
  async passOver(tx: Tx, { agreementId, period }: UsagePeriod): Promise<void> {
    await tx.execute(
      `UPDATE usage_periods SET state = 'rated', in_force = false WHERE agreement_id = $1 AND period = $2`,
      [agreementId, period],
    );
  }

  /** Usage of an agreement that came before the agreement itself, oldest period first. */
  waitingUsage(tx: Tx, agreementId: string): Promise<readonly UsagePeriod[]> {
    return tx.manager.find(UsagePeriodRow, {
      where: { agreementId, state: 'waiting' },
      order: { period: 'ASC' },
    });
  }

  /** The latest rated period of an agreement with usage, if any, and the credit it left. */
  async latestRated(tx: Tx, agreementId: string): Promise<EarlierRating | undefined> {
    const [row] = await tx.query<{ period: string; credits_after: EarlierRating['creditsAfter'] | null }>(
      `SELECT period, credits_after FROM usage_periods WHERE agreement_id = $1 AND state = 'rated' AND in_force AND totals <> '[]'
        ORDER BY period DESC LIMIT 1`,
      [agreementId],
    );
    return row === undefined ? undefined : { period: row.period, creditsAfter: row.credits_after ?? [] };
  }

  /** Keeps the charges of a period and marks its usage as rated. */
  async addCharges(
    tx: Tx,
    usage: UsagePeriod,
    rated: RatedPeriod & { readonly context: RatingContext | null },
  ): Promise<void> {
    await tx.manager.insert(
      ChargeRow,
      rated.charges.map((charge) => ({ ...charge })),
    );
    const { agreementId, period } = usage;
    const kept =
      rated.context === null
        ? {}
        : { ratingContext: storedContext(rated.context), creditsAfter: rated.credits.map(storedLot) };
    await tx.manager.update(UsagePeriodRow, { agreementId, period }, { state: 'rated', ...kept });
  }
}
