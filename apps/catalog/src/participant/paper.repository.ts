import { Injectable } from '@nestjs/common';
import { newId } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';

/** A paper an organisation handed in for one requirement of its checklist. Dates are ISO 8601. */
export interface Paper {
  readonly id: string;
  readonly requirement: string;
  readonly title: string;
  readonly number: string | null;
  readonly issuer: string;
  readonly legalisation: string | null;
  readonly issuedOn: string;
  readonly validUntil: string | null;
  readonly sha256: string;
  readonly addedAt: Date;
  readonly addedBy: string;
}

const COLUMNS = `id, requirement, title, number, issuer, legalisation, issued_on AS "issuedOn",
  valid_until AS "validUntil", sha256, added_at AS "addedAt", added_by AS "addedBy"`;

/** Papers of participants; a new one takes the place of the old, which stays on record. */
@Injectable()
export class PaperRepository {
  /** The papers in force, one a requirement. */
  of(tx: Tx, participantId: string): Promise<readonly Paper[]> {
    return tx.query<Paper>(
      `SELECT ${COLUMNS} FROM participant_documents WHERE participant_id = $1 AND replaced_at IS NULL ORDER BY requirement`,
      [participantId],
    );
  }

  /** Hands a paper in. The caller holds the participant's row. */
  async put(tx: Tx, participantId: string, paper: Omit<Paper, 'id'>): Promise<Paper> {
    const { requirement, title, number, issuer, legalisation, issuedOn, validUntil, sha256, addedAt, addedBy } = paper;
    await tx.execute(
      `UPDATE participant_documents SET replaced_at = $3
       WHERE participant_id = $1 AND requirement = $2 AND replaced_at IS NULL`,
      [participantId, requirement, addedAt],
    );
    const id = newId('doc');
    await tx.execute(
      `INSERT INTO participant_documents (id, participant_id, requirement, title, number, issuer, legalisation,
         issued_on, valid_until, sha256, added_at, added_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [id, participantId, requirement, title, number, issuer, legalisation]
        .concat([issuedOn, validUntil, sha256])
        .concat([addedAt.toISOString(), addedBy]),
    );
    return { id, ...paper };
  }
}
