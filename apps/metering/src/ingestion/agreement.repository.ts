import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { type Prepared, runPrepared } from '../storage/prepared.statement.js';
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

/** For how long the settings of an agreement may be used without asking again; its number never changes. */
const MAX_AGE_MS = 800;
const MOST_REMEMBERED = 20_000;

interface Remembered {
  readonly agreement: MeteredAgreement;
  readonly readAt: number;
}

/** The agreements that usage was ever counted under, with their numbers. */
@Injectable()
export class AgreementRepository {
  readonly #known = new Map<string, Remembered>();

  /** Reads the agreements and numbers those that are new. What is read is less than a second old. */
  async numbered(tx: Tx, agreementIds: readonly string[]): Promise<ReadonlyMap<string, MeteredAgreement>> {
    const now = performance.now();
    const found = new Map<string, MeteredAgreement>();
    for (const id of agreementIds) {
      const known = this.#known.get(id);
      if (known && now - known.readAt <= MAX_AGE_MS) found.set(id, known.agreement);
    }
    const missing = agreementIds.filter((id) => !found.has(id));
    if (missing.length === 0) return found;
    const read = await this.#readOrNumber(tx, missing);
    // Only what is committed may be remembered: a number of a transaction that fails belongs to nobody.
    tx.onCommitted(() => this.#remember(read, now));
    for (const [id, agreement] of read) found.set(id, agreement);
    return found;
  }

  async #readOrNumber(tx: Tx, agreementIds: readonly string[]): Promise<ReadonlyMap<string, MeteredAgreement>> {
    const known = await this.#read(tx, agreementIds);
    const missing = agreementIds.filter((id) => !known.has(id)).sort();
    if (missing.length === 0) return known;
    await tx.execute('INSERT INTO usage_agreements (agreement_id) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING', [
      missing,
    ]);
    return this.#read(tx, agreementIds);
  }

  #remember(read: ReadonlyMap<string, MeteredAgreement>, readAt: number): void {
    if (this.#known.size + read.size > MOST_REMEMBERED) this.#known.clear();
    for (const [id, agreement] of read) this.#known.set(id, { agreement, readAt });
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
