import { Injectable } from '@nestjs/common';
import { Decimal, err, ok, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { AgreementRepository, type MeteredAgreement } from '../ingestion/agreement.repository.js';
import { dimensionsOf } from '../ingestion/dimensions.codec.js';
import { QuotaRepository } from '../quota/quota.repository.js';
import { noDimensions, type RolledUse, rollUp } from '../storage/rollup.js';
import { RollupRepository } from '../storage/rollup.repository.js';
import { type Change, quantitiesIn } from './correction.js';
import { correctionErrors, type CorrectionError } from './correction.errors.js';
import { EventStateRepository } from './event-state.repository.js';
import { RollupCorrectionRepository } from './rollup-correction.repository.js';

/** The tables that sums of usage are kept in. */
@Injectable()
export class CorrectedSums {
  constructor(
    private readonly agreements: AgreementRepository,
    private readonly rollups: RollupRepository,
    private readonly corrections: RollupCorrectionRepository,
  ) {}

  async change(tx: Tx, agreementId: string, changes: readonly Change[]): Promise<void> {
    const agreement = (await this.agreements.numbered(tx, [agreementId])).get(agreementId);
    if (!agreement) throw new Error(`Agreement ${agreementId} has usage but no number.`);
    const names = new Map<string, string>();
    const use = (timeMs: number, data: string) => rolledUse(agreementId, agreement, { timeMs, data }, names);
    const removed = changes.filter(({ before }) => !before.isVoid).map(({ before }) => use(before.timeMs, before.data));
    const added = changes.flatMap(({ item }) =>
      item.data === null || item.timeMs === null ? [] : [use(item.timeMs, item.data)],
    );
    await this.rollups.nameDimensions(tx, names);
    await this.corrections.subtract(tx, rollUp(removed));
    await this.rollups.add(tx, rollUp(added));
  }
}

/** Changes what counts: events, quotas and sums together. */
@Injectable()
export class ChangeUsage {
  constructor(
    private readonly events: EventStateRepository,
    private readonly quotas: QuotaRepository,
    private readonly sums: CorrectedSums,
  ) {}

  async execute(
    tx: Tx,
    agreementId: string,
    correctionId: string,
    changes: readonly Change[],
  ): Promise<Result<null, CorrectionError>> {
    await this.events.revise(tx, correctionId, changes);
    const short = await this.quotas.correct(tx, agreementId, deltasOf(changes));
    if (short) {
      const detail = `Agreement ${agreementId} has used ${short.used.toString()} of ${short.limit.toString()} ${short.meter}.`;
      return err(correctionErrors.CORRECTION_EXCEEDS_QUOTA(detail));
    }
    await this.sums.change(tx, agreementId, changes);
    return ok(null);
  }
}

function rolledUse(
  agreementId: string,
  { agreementNo, dimensions, recordSide }: MeteredAgreement,
  event: { readonly timeMs: number; readonly data: string },
  names: Map<string, string>,
): RolledUse {
  const dims = dimensionsOf(event, dimensions);
  if (dims) names.set(dims.hash, dims.json);
  return {
    agreementId,
    agreementNo,
    side: recordSide,
    isBilled: true,
    dimsHash: dims?.hash ?? noDimensions,
    timeMs: event.timeMs,
    quantities: quantitiesIn(event.data),
  };
}

/** What is used more, meter by meter; less is negative. */
function deltasOf(changes: readonly Change[]): ReadonlyMap<string, Decimal> {
  const deltas = new Map<string, Decimal>();
  const add = (meter: string, quantity: Decimal) =>
    deltas.set(meter, (deltas.get(meter) ?? Decimal.zero).plus(quantity));
  for (const { item, before } of changes) {
    if (!before.isVoid) for (const { meter, quantity } of quantitiesIn(before.data)) add(meter, quantity.negated());
    if (item.data !== null) for (const { meter, quantity } of quantitiesIn(item.data)) add(meter, quantity);
  }
  return deltas;
}
