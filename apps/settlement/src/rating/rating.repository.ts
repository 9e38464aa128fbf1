import type { Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import { ChargeRow, UsagePeriodRow } from './rating.entity.js';
import type { PeriodCharge, UsagePeriod } from './rating.js';

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

  /** Keeps the charges of a period and marks its usage as rated. */
  async addCharges(tx: Tx, usage: UsagePeriod, charges: readonly PeriodCharge[]): Promise<void> {
    await tx.manager.insert(
      ChargeRow,
      charges.map((charge) => ({ ...charge })),
    );
    const { agreementId, period } = usage;
    await tx.manager.update(UsagePeriodRow, { agreementId, period }, { state: 'rated' });
  }
}
