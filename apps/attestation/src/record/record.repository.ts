import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { newSalt } from '@hetao/proofs';
import { LogRepository } from '../log/log.repository.js';
import { recordEntry } from '../log/log-entry.js';

/** A document that is committed to in the log; the document itself stays where it is. */
export interface NewRecord {
  /** Unique: of the event, the consent or the verification. */
  readonly id: string;
  /** Type of the event, or `consent`, `verification`. */
  readonly record: string;
  /** What it is about: an agreement's, invoice's … id. */
  readonly subject: string;
  /** Organisations that may ask for salt and receipt. */
  readonly parties: readonly string[];
  readonly document: unknown;
  readonly at: Date;
  /** True when its place in the log is to be stated as an event: for what other services logged. */
  readonly announced?: boolean;
}

/** Writes commitments to documents into the log, each behind a salt of its own. */
@Injectable()
export class RecordRepository {
  readonly #log: LogRepository;

  constructor(log: LogRepository) {
    this.#log = log;
  }

  /** Logs documents once each: an id that is known is passed over, and keeps the salt it has. */
  async commit(tx: Tx, documents: readonly NewRecord[]): Promise<void> {
    for (const { id, record, subject, parties, document, at, announced = false } of documents) {
      const salt = newSalt();
      const inserted = await tx.execute(
        `INSERT INTO records (id, record, subject, parties, salt, recorded_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (id) DO NOTHING`,
        [id, record, subject, parties, salt, at],
      );
      if (inserted !== 1) continue;
      await this.#log.enqueue(tx, [{ key: id, entry: recordEntry(record, document, salt, at) }], announced);
    }
  }

  /** Everybody who was party to anything recorded about a subject. */
  async partiesTo(tx: Tx, subject: string): Promise<string[]> {
    const rows = await tx.query<{ party: string }>(
      'SELECT DISTINCT unnest(parties) AS party FROM records WHERE subject = $1 ORDER BY party',
      [subject],
    );
    return rows.map(({ party }) => party);
  }
}
