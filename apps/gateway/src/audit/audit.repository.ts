import { Inject, Injectable } from '@nestjs/common';
import { AuditNotedV1 } from '@hetao/events';
import { newId, type Clock } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { CHAIN_BEGINS, type AuditAct } from './audit.js';
import { hashOfEntry } from './audit.codec.js';

/** Writes sensitive acts down, each chained to the one before, in the transaction of the act itself. */
@Injectable()
export class AuditTrail {
  readonly #clock: Clock;

  constructor(@Inject(CLOCK) clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Notes an act; the last thing a transaction does, since all others that note something wait for its end. The log of
   * attestation hears of the hash and seals it.
   */
  async note(tx: Tx, act: AuditAct): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('hetao.gateway.audit', 0))`);
    const [last] = await tx.query<{ sequence: string; hash: string }>(
      `SELECT sequence, encode(hash, 'hex') AS hash FROM audit_entries ORDER BY sequence DESC LIMIT 1`,
    );
    const entry = {
      ...act,
      id: newId('aud'),
      sequence: Number(last?.sequence ?? 0) + 1,
      at: this.#clock.now(),
      previousHash: last?.hash ?? CHAIN_BEGINS,
    };
    const hash = hashOfEntry(entry);
    const { actor } = act;
    await tx.execute(
      `INSERT INTO audit_entries (sequence, id, at, organisation_id, action, object, result, actor, account_id,
         actor_organisation_id, via, request_id, address, detail, previous_hash, hash)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, decode($15, 'hex'), decode($16, 'hex'))`,
      [
        ...[entry.sequence, entry.id, entry.at, act.organisationId, act.action, act.object, act.result],
        ...[actor.subject, actor.accountId, actor.organisationId, actor.via, actor.requestId, actor.address],
        ...[JSON.stringify(act.detail), entry.previousHash, hash],
      ],
    );
    tx.append(AuditNotedV1, {
      ...{ entryId: entry.id, organisationId: act.organisationId, action: act.action, sequence: entry.sequence },
      ...{ previousHash: entry.previousHash, entryHash: hash, notedAt: entry.at.toISOString() },
    });
  }
}
