import { Injectable } from '@nestjs/common';
import { err, newId, ok, type Result } from '@hetao/kernel';
import { sha256Hex } from '@hetao/proofs';
import type { Tx } from '@hetao/persistence';
import { disclosureErrors, type DisclosureError } from './disclosure.errors.js';
import type { DisclosureRules } from './disclosure-rules.js';
import { setDistance, sizeOf, type PatientSet } from './evidence.js';

/** One answered question, as the ledger keeps it. */
export interface LedgerEntry {
  /** Who may put answers together: one buyer on one enclave, whatever agreements and versions lie between. */
  readonly family: string;
  /** What the questions of a day are counted by: one agreement. */
  readonly project: string;
  readonly jobId: string;
  readonly sets: readonly PatientSet[];
  readonly at: Date;
}

const DAY_MS = 86_400_000;

/** Every patient set that something was told of. Nothing is told that an earlier answer could be subtracted from. */
@Injectable()
export class QueryLedger {
  /**
   * Enters an answer before it is shown. Several at once wait for one another, so that two halves of a difference cannot
   * pass each other by.
   *
   * @returns QUERIES_USED_UP; RESULT_DIFFERS_TOO_LITTLE naming the job it would be subtracted from.
   */
  async enter(tx: Tx, entry: LedgerEntry, rules: DisclosureRules): Promise<Result<string, DisclosureError>> {
    await tx.execute('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`query-ledger ${entry.family}`]);
    const spent = await this.#askedSince(tx, entry, new Date(entry.at.getTime() - DAY_MS));
    if (spent >= rules.queriesPerDay) {
      return err(
        disclosureErrors.QUERIES_USED_UP(`${spent} of ${rules.queriesPerDay} were asked in the last 24 hours.`),
      );
    }
    const sets = distinct(entry.sets);
    for (const { set, size } of sets) {
      const near = await this.#near(tx, entry.family, size, rules.minDifference);
      const close = near.find((earlier) => isTooClose(set, earlier.members, rules.minDifference));
      if (close)
        return err(
          disclosureErrors.RESULT_DIFFERS_TOO_LITTLE(`It would be compared with ${close.jobId}.`, {
            meta: { job_id: close.jobId },
          }),
        );
    }
    const inside = sets.some((one, at) =>
      sets.slice(at + 1).some((other) => isTooClose(one.set, other.set, rules.minDifference)),
    );
    if (inside)
      return err(disclosureErrors.RESULT_DIFFERS_TOO_LITTLE('Two of its own parts differ by too few patients.'));
    return ok(await this.#insert(tx, entry, sets));
  }

  async #askedSince(tx: Tx, { family, project }: LedgerEntry, since: Date): Promise<number> {
    const [row] = await tx.query<{ asked: string }>(
      'SELECT count(*) AS asked FROM query_ledger WHERE family = $1 AND project = $2 AND asked_at > $3',
      [family, project, since],
    );
    return Number(row?.asked ?? 0);
  }

  /** Only sets of nearly the same size can differ by so few. */
  #near(tx: Tx, family: string, size: number, within: number): Promise<{ jobId: string; members: Buffer }[]> {
    return tx.query(
      `SELECT l.job_id AS "jobId", s.members FROM query_ledger_sets s JOIN query_ledger l ON l.id = s.entry_id
        WHERE s.family = $1 AND s.patients BETWEEN $2 AND $3`,
      [family, size - within + 1, size + within - 1],
    );
  }

  async #insert(tx: Tx, entry: LedgerEntry, sets: readonly CountedSet[]): Promise<string> {
    const id = newId('qle');
    await tx.execute('INSERT INTO query_ledger (id, family, project, job_id, asked_at) VALUES ($1, $2, $3, $4, $5)', [
      ...[id, entry.family, entry.project, entry.jobId, entry.at],
    ]);
    await tx.execute(
      `INSERT INTO query_ledger_sets (entry_id, family, set_hash, patients, members)
       SELECT $1, $2, * FROM unnest($3::text[], $4::int[], $5::bytea[]) ON CONFLICT DO NOTHING`,
      [
        id,
        entry.family,
        sets.map(({ hash }) => hash),
        sets.map(({ size }) => size),
        sets.map(({ set }) => Buffer.from(set)),
      ],
    );
    return id;
  }
}

interface CountedSet {
  readonly set: PatientSet;
  readonly size: number;
  readonly hash: string;
}

function distinct(sets: readonly PatientSet[]): readonly CountedSet[] {
  return [...new Map(sets.map((set) => [sha256Hex(set), set])).entries()].map(([hash, set]) => ({
    hash,
    set,
    size: sizeOf(set),
  }));
}

/** The same patients again tell nothing new; a few more or less tell of those few. */
function isTooClose(one: PatientSet, other: PatientSet, minDifference: number): boolean {
  const distance = setDistance(one, other);
  return distance > 0 && distance < minDifference;
}
