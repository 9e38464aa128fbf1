import { Inject, Injectable } from '@nestjs/common';
import type { Database, Tx } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import type { Transfer, TransferRole } from './transfer.js';

/** A transfer with what is kept sealed. */
export interface StoredTransfer extends Omit<Transfer, 'pushTo'> {
  readonly pushEndpoint: string | null;
  readonly pushSecretSealed: string | null;
  /** The address a provider gave us, sealed. */
  readonly addressSealed: string | null;
}

/** One thing that was said. */
export interface TransferStep {
  readonly message: string;
  readonly messageId: string | null;
  readonly side: TransferRole;
  readonly event: 'sent' | 'received' | 'acknowledged' | 'given-up';
  readonly stateFrom: string | null;
}

/** The same, as it was written down. */
export interface NotedStep extends TransferStep {
  readonly stateTo: string;
  readonly at: Date;
}

/** What a save may change besides the process itself. */
export interface TransferSecrets {
  readonly addressSealed?: string;
  /** The token's hash, and how long it holds, in s; null takes the token back. */
  readonly token?: { readonly hash: string; readonly lifetimeS: number } | null;
}

const COLUMNS = `id, role, peer_id AS "peerId", organisation_id AS "organisationId", agreement_ref AS "agreementRef",
  dataset_id AS "datasetId", format, state, pending, consumer_pid AS "consumerPid", provider_pid AS "providerPid",
  peer_base AS "peerBase", push_endpoint AS "pushEndpoint", push_secret_sealed AS "pushSecretSealed",
  address_sealed AS "addressSealed", code, reasons, requested_at AS "requestedAt"`;
/** We know a process by the id we made for it. */
const BY_PID = `((role = 'provider' AND provider_pid = $1) OR (role = 'consumer' AND consumer_pid = $1))`;

/** Loads and saves transfers. */
@Injectable()
export class TransferRepository {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  /** The transfer we know under this pid, kept from changing until the transaction ends. */
  async lockByPid(tx: Tx, pid: string): Promise<StoredTransfer | undefined> {
    const [row] = await tx.query<StoredTransfer>(
      `SELECT ${COLUMNS} FROM dataspace_transfers WHERE ${BY_PID} FOR UPDATE`,
      [pid],
    );
    return row;
  }

  /** As {@link lockByPid}, by our id. */
  async lock(tx: Tx, id: string): Promise<StoredTransfer | undefined> {
    const [row] = await tx.query<StoredTransfer>(
      `SELECT ${COLUMNS} FROM dataspace_transfers WHERE id = $1 FOR UPDATE`,
      [id],
    );
    return row;
  }

  /** The transfer this peer opened with this id. */
  async openedBy(tx: Tx, peerId: string, consumerPid: string): Promise<StoredTransfer | undefined> {
    const [row] = await tx.query<StoredTransfer>(
      `SELECT ${COLUMNS} FROM dataspace_transfers WHERE role = 'provider' AND peer_id = $1 AND consumer_pid = $2`,
      [peerId, consumerPid],
    );
    return row;
  }

  /** Open transfers under an agreement, by our id; for when the agreement ends. */
  async openUnder(tx: Tx, agreementRef: string): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `SELECT id FROM dataspace_transfers WHERE agreement_ref = $1 AND state IN ('REQUESTED', 'STARTED', 'SUSPENDED')
       ORDER BY id`,
      [agreementRef],
    );
    return rows.map(({ id }) => id);
  }

  async byPid(pid: string): Promise<StoredTransfer | undefined> {
    return (await this.#read(BY_PID, [pid]))[0];
  }

  async byId(id: string): Promise<StoredTransfer | undefined> {
    return (await this.#read('id = $1', [id]))[0];
  }

  /** Newest first; `organisationId` null sees all. */
  page(organisationId: string | null, before: string | null, limit: number): Promise<StoredTransfer[]> {
    return this.#read(
      '($1::text IS NULL OR organisation_id = $1) AND ($2::text IS NULL OR id < $2) ORDER BY id DESC LIMIT $3',
      [organisationId, before, limit],
    );
  }

  /** @returns false when the peer had opened it before: a duplicate, however close behind the first. */
  async insert(tx: Tx, transfer: Transfer, pushSecretSealed: string | null): Promise<boolean> {
    const inserted = await tx.execute(
      `INSERT INTO dataspace_transfers (id, role, peer_id, organisation_id, agreement_ref, dataset_id, format, state,
         pending, consumer_pid, provider_pid, peer_base, push_endpoint, push_secret_sealed, requested_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT DO NOTHING`,
      [
        ...[transfer.id, transfer.role, transfer.peerId, transfer.organisationId, transfer.agreementRef],
        ...[transfer.datasetId, transfer.format, transfer.state, transfer.pending, transfer.consumerPid],
        ...[transfer.providerPid, transfer.peerBase, transfer.pushTo?.endpoint ?? null, pushSecretSealed],
        transfer.requestedAt,
      ],
    );
    return inserted === 1;
  }

  async save(
    tx: Tx,
    transfer: Omit<Transfer, 'pushTo'>,
    { addressSealed, token }: TransferSecrets = {},
  ): Promise<void> {
    await tx.execute(
      `UPDATE dataspace_transfers SET state = $2, pending = $3, provider_pid = $4, code = $5, reasons = $6,
         address_sealed = coalesce($7, address_sealed),
         token_hash = CASE WHEN $8 THEN $9 ELSE token_hash END,
         token_expires_at = CASE WHEN $8 THEN clock_timestamp() + $10 * interval '1 second' ELSE token_expires_at END
       WHERE id = $1`,
      [
        ...[transfer.id, transfer.state, transfer.pending, transfer.providerPid, transfer.code],
        ...[JSON.stringify(transfer.reasons), addressSealed ?? null],
        ...[token !== undefined, token?.hash ?? null, token?.lifetimeS ?? null],
      ],
    );
  }

  /** Adds to the history. @returns false when this message was applied before. */
  async note(tx: Tx, transfer: Pick<Transfer, 'id' | 'state'>, step: TransferStep): Promise<boolean> {
    const noted = await tx.execute(
      `INSERT INTO dataspace_transfer_steps (transfer_id, message, message_id, side, event, state_from, state_to, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, clock_timestamp()) ON CONFLICT DO NOTHING`,
      [transfer.id, step.message, step.messageId, step.side, step.event, step.stateFrom, transfer.state],
    );
    return noted === 1;
  }

  /** Whether a message of the peer was applied before. */
  async wasApplied(tx: Tx, transferId: string, messageId: string): Promise<boolean> {
    const found = await tx.query(
      `SELECT 1 FROM dataspace_transfer_steps WHERE transfer_id = $1 AND message_id = $2 AND event = 'received'`,
      [transferId, messageId],
    );
    return found.length > 0;
  }

  async steps(transferId: string): Promise<NotedStep[]> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<NotedStep>(
        `SELECT message, message_id AS "messageId", side, event, state_from AS "stateFrom", state_to AS "stateTo", at
         FROM dataspace_transfer_steps WHERE transfer_id = $1 ORDER BY seq LIMIT 1000`,
        [transferId],
      ),
    );
    return rows;
  }

  /** The transfer whose token this is, if it is still good by its time. */
  async byToken(tokenHash: string): Promise<(StoredTransfer & { readonly tokenExpiresAt: Date }) | undefined> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<StoredTransfer & { readonly tokenExpiresAt: Date }>(
        `SELECT ${COLUMNS}, token_expires_at AS "tokenExpiresAt" FROM dataspace_transfers
         WHERE token_hash = $1 AND token_expires_at > clock_timestamp()`,
        [tokenHash],
      ),
    );
    return rows[0];
  }

  async #read(condition: string, params: unknown[]): Promise<StoredTransfer[]> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<StoredTransfer>(`SELECT ${COLUMNS} FROM dataspace_transfers WHERE ${condition}`, params),
    );
    return rows;
  }
}

/** A transfer without what is sealed: for rules, which need none of it. */
export function transferFrom({ pushEndpoint, ...stored }: StoredTransfer): Transfer {
  return { ...stored, pushTo: pushEndpoint === null ? null : { endpoint: pushEndpoint, authorization: null } };
}
