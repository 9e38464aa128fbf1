import { Inject, Injectable } from '@nestjs/common';
import { UnitOfWork, type Database, type Tx } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import type { Peer } from './peer.js';

/** A peer with what was told in confidence, sealed. */
export interface StoredPeer extends Peer {
  /** The header we send, for `static`. */
  readonly secretSealed: string | null;
  /** SHA-256 of the header it sends, for `static`. */
  readonly headerHash: string | null;
  readonly createdAt: Date;
}

const COLUMNS = `id, participant_id AS "participantId", organisation_id AS "organisationId", base_url AS "baseUrl", auth,
  status, secret_sealed AS "secretSealed", header_hash AS "headerHash", created_at AS "createdAt"`;

/** A peer that was suspended, or entered anew, by another replica is noticed within this time. */
const REMEMBERED_MS = 1_000;
const MAX_REMEMBERED = 1_000;

/** Loads and saves peers. Few, and needed with every message: what was read a moment ago is not read again. */
@Injectable()
export class PeerRepository {
  readonly #database: Database;
  readonly #uow: UnitOfWork;
  readonly #remembered = new Map<string, { readonly peer: StoredPeer; readonly until: number }>();

  constructor(@Inject(DATABASE) database: Database, uow: UnitOfWork) {
    this.#database = database;
    this.#uow = uow;
  }

  byId(id: string): Promise<StoredPeer | undefined> {
    return this.#one('id = $1', id);
  }

  /** As {@link byId}, on the connection of a transaction. */
  async in(tx: Tx, id: string): Promise<StoredPeer | undefined> {
    const [row] = await tx.query<StoredPeer>(`SELECT ${COLUMNS} FROM dataspace_peers WHERE id = $1`, [id]);
    return row;
  }

  byParticipant(participantId: string): Promise<StoredPeer | undefined> {
    return this.#one('participant_id = $1', participantId);
  }

  byHeader(headerHash: string): Promise<StoredPeer | undefined> {
    return this.#one('header_hash = $1', headerHash);
  }

  /** The one peer that comes without a header. */
  byMode(mode: 'none'): Promise<StoredPeer | undefined> {
    return this.#one(`status = 'active' AND auth->>'mode' = $1`, mode);
  }

  async page(after: string | null, limit: number): Promise<StoredPeer[]> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<StoredPeer>(
        `SELECT ${COLUMNS} FROM dataspace_peers WHERE $1::text IS NULL OR id > $1 ORDER BY id LIMIT $2`,
        [after, limit],
      ),
    );
    return rows;
  }

  /** @returns the peer under its id, which an earlier entry of the same participant keeps. */
  async save(tx: Tx, peer: StoredPeer): Promise<StoredPeer> {
    const [saved] = await tx.query<StoredPeer>(
      `INSERT INTO dataspace_peers (id, participant_id, organisation_id, base_url, auth, status, secret_sealed,
         header_hash, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (participant_id) DO UPDATE SET organisation_id = excluded.organisation_id,
         base_url = excluded.base_url, auth = excluded.auth, status = excluded.status,
         secret_sealed = excluded.secret_sealed, header_hash = excluded.header_hash
       RETURNING ${COLUMNS}`,
      [
        ...[peer.id, peer.participantId, peer.organisationId, peer.baseUrl, JSON.stringify(peer.auth), peer.status],
        ...[peer.secretSealed, peer.headerHash, peer.createdAt],
      ],
    );
    tx.onCommitted(() => this.#remembered.clear());
    return saved ?? peer;
  }

  async suspend(tx: Tx, id: string): Promise<void> {
    await tx.execute(`UPDATE dataspace_peers SET status = 'suspended' WHERE id = $1`, [id]);
    tx.onCommitted(() => this.#remembered.clear());
  }

  async #one(condition: string, value: string): Promise<StoredPeer | undefined> {
    const key = `${condition} ${value}`;
    const known = this.#remembered.get(key);
    if (known !== undefined && known.until > performance.now()) return known.peer;
    // In the transaction of the request, where there is one: a second connection beside it could be the last.
    const [peer] = await this.#uow.run((tx) =>
      tx.query<StoredPeer>(`SELECT ${COLUMNS} FROM dataspace_peers WHERE ${condition}`, [value]),
    );
    if (peer !== undefined) this.#remember(key, peer);
    return peer;
  }

  #remember(key: string, peer: StoredPeer): void {
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size >= MAX_REMEMBERED && oldest !== undefined) this.#remembered.delete(oldest);
    this.#remembered.set(key, { peer, until: performance.now() + REMEMBERED_MS });
  }
}
