import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { type Prepared, runPrepared } from '../storage/prepared.js';
import type { Side } from '../storage/rollup.js';

/** How the usage of an agreement is stored and summed. */
export interface MeteredAgreement {
  readonly agreementNo: number;
  /** Members of an event's data by which its usage is also summed. */
  readonly dimensions: readonly string[];
  /** Whose count is billed. */
  readonly recordSide: Side;
}

interface AgreementRow {
  readonly agreement_id: string;
  readonly agreement_no: number;
  readonly dimensions: string[];
  readonly record_side: Side;
}

const READ: Prepared = {
  name: 'metering-agreements',
  text: 'SELECT agreement_id, agreement_no, dimensions, record_side FROM usage_agreements WHERE agreement_id = ANY ($1)',
};

/** The agreements that usage was ever counted under, with their numbers. */
@Injectable()
export class AgreementRepository {
  /** Reads the agreements and numbers those that are new. */
  async numbered(tx: Tx, agreementIds: readonly string[]): Promise<ReadonlyMap<string, MeteredAgreement>> {
    if (agreementIds.length === 0) return new Map();
    const known = await this.#read(tx, agreementIds);
    const missing = agreementIds.filter((id) => !known.has(id)).sort();
    if (missing.length === 0) return known;
    await tx.execute('INSERT INTO usage_agreements (agreement_id) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING', [
      missing,
    ]);
    return this.#read(tx, agreementIds);
  }

  async #read(tx: Tx, agreementIds: readonly string[]): Promise<ReadonlyMap<string, MeteredAgreement>> {
    const rows = await runPrepared<AgreementRow>(tx, READ, [agreementIds]);
    return new Map(
      rows.map((row) => [
        row.agreement_id,
        { agreementNo: row.agreement_no, dimensions: row.dimensions, recordSide: row.record_side },
      ]),
    );
  }
}
