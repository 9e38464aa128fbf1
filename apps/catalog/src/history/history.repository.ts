import { Injectable } from '@nestjs/common';
import type { Clock } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { HistoryRow } from './history.entity.js';

/** Who changed a participant or a product, how, when and why. */
export interface Change {
  readonly command: string;
  /** Status before; null when there was nothing before. */
  readonly from: string | null;
  readonly at: Date;
  readonly by: { readonly subject: string; readonly organisationId: string };
  readonly reason: string | null;
}

/** What was changed, as it is afterwards. */
export interface Changed {
  readonly id: string;
  readonly revision: number;
  readonly status: string;
}

/**
 * The instant of the next decision: now, but always after the last one. Other services order what they hear by these
 * instants, so a clock that stepped back must not turn two decisions round.
 */
export function nextInstant(last: Date | null, clock: Clock): Date {
  const now = clock.now();
  return last === null || now.getTime() > last.getTime() ? now : new Date(last.getTime() + 1);
}

/** Adds to the history, in the transaction of the change itself. */
@Injectable()
export class HistoryRepository {
  async add(tx: Tx, { id, revision, status }: Changed, change: Change): Promise<void> {
    await tx.manager.insert(HistoryRow, {
      aggregateId: id,
      revision,
      command: change.command,
      statusFrom: change.from,
      statusTo: status,
      at: change.at,
      bySubject: change.by.subject,
      byOrganisation: change.by.organisationId,
      reason: change.reason,
    });
  }
}
