import type { Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import type { RatingContext } from '@hetao/rating';
import { storedContext, storedLot, type EarlierRating } from './rating-context.js';
import { ChargeRow, UsagePeriodRow } from './rating.entity.js';
import type { RatedPeriod, UsagePeriod } from './rating.js';

/** Usage as metering closed it, and the charges made of it. */
@Injectable()
export class RatingRepository {
  findUsage(tx: Tx, agreementId: string, period: string): Promise<UsagePeriod | null> {
    return tx.manager.findOneBy(UsagePeriodRow, { agreementId, period });
  }

  async addUsage(tx: Tx, usage: UsagePeriod): Promise<void> {
    await tx.manager.insert(UsagePeriodRow, { ...usage });
  }

  /** Usage of an agreement that came before the agreement itself, oldest period first. */
  waitingUsage(tx: Tx, agreementId: string): Promise<readonly UsagePeriod[]> {
    return tx.manager.find(UsagePeriodRow, {
      where: { agreementId, state: 'waiting' },
      order: { period: 'ASC' },
    });
  }

  /** The latest rated period of an agreement, if any, with the credit it left. */
  async latestRated(tx: Tx, agreementId: string): Promise<EarlierRating | undefined> {
    const [row] = await tx.query<{ period: string; credits_after: EarlierRating['creditsAfter'] | null }>(
      `SELECT period, credits_after FROM usage_periods WHERE agreement_id = $1 AND state = 'rated' ORDER BY period DESC LIMIT 1`,
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
