import type { SigningKeyRecord } from '@hetao/proofs';
import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { In, Not } from 'typeorm';
import { SigningKeyRow, SigningKeyStepRow } from './signing-key.entity.js';
import { keyRecord, type SigningKey, type SigningKeyOutcome } from './signing-key.js';

/** Keys an organisation may have that are not revoked. */
export const MAX_KEYS = 20;

/** Loads and saves signing keys with their history, which is never rewritten. */
@Injectable()
export class SigningKeyRepository {
  /** The key, kept from changing until the transaction ends. */
  async load(tx: Tx, id: string): Promise<SigningKey | null> {
    return tx.manager.findOne(SigningKeyRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** Keys of some organisations that are or were in force, held as they are until the transaction ends. */
  async recordsOf(tx: Tx, organisationIds: readonly string[]): Promise<readonly SigningKeyRecord[]> {
    const rows = await tx.manager.find(SigningKeyRow, {
      where: { organisationId: In(organisationIds) },
      lock: { mode: 'pessimistic_read' },
    });
    return rows.flatMap((row) => keyRecord(row) ?? []);
  }

  /** Whether one key more is not too many. Of two people adding keys, one waits for the other. */
  async hasRoom(tx: Tx, organisationId: string): Promise<boolean> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`hetao.contracts.keys.${organisationId}`]);
    const kept = await tx.manager.countBy(SigningKeyRow, { organisationId, status: Not('revoked') });
    return kept < MAX_KEYS;
  }

  /** Whether somebody showed before that he holds this key. Of two who do so at once, one waits for the other. */
  async isTaken(tx: Tx, { id, kid }: SigningKey): Promise<boolean> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`hetao.contracts.key.${kid}`]);
    const [other] = await tx.query(
      `SELECT 1 FROM signing_keys k JOIN signing_key_steps s ON s.key_id = k.id AND s.command = 'prove'
        WHERE k.kid = $1 AND k.id <> $2 LIMIT 1`,
      [kid, id],
    );
    return other !== undefined;
  }

  async insert(tx: Tx, { key, step }: SigningKeyOutcome): Promise<void> {
    await tx.manager.insert(SigningKeyRow, key);
    await this.#record(tx, key, step);
  }

  /** Writes down what a command did; nothing when it did nothing. */
  async update(tx: Tx, { key, step }: SigningKeyOutcome): Promise<void> {
    if (step === null) return;
    const { id, status, validFrom, revokedAt } = key;
    await tx.manager.update(SigningKeyRow, { id }, { status, validFrom, revokedAt });
    await this.#record(tx, key, step);
  }

  async #record(tx: Tx, { id }: SigningKey, step: SigningKeyOutcome['step']): Promise<void> {
    if (step !== null) await tx.manager.insert(SigningKeyStepRow, { ...step, keyId: id });
  }
}
