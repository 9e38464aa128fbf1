import type { Database, Tx } from '@hetao/persistence';
import { DomainException } from '@hetao/kernel';
import { idempotencyErrors } from './idempotency.errors.js';

/** One request under its key. */
export interface KeyedRequest {
  /** Organisation and route: two tenants may well choose the same key. */
  readonly scope: string;
  readonly key: string;
  /** SHA-256 over method, address and body. */
  readonly hash: string;
}

/** An answer as it went out. */
export interface StoredAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text; null for an answer without a body. */
  readonly body: string | null;
}

/** How long an answer is kept for repetition. */
export const RETENTION_MS = 24 * 60 * 60 * 1000;
const PRUNE_BATCH = 1_000;
const MAX_PRUNE_BATCHES = 100;

/**
 * Claims the key for this transaction, or gives the answer that an earlier one stored under it. The claim is an
 * advisory lock of the transaction, not a row: a crash releases it, and a rival learns of it without waiting.
 *
 * @throws DomainException IDEMPOTENCY_IN_PROGRESS, IDEMPOTENCY_KEY_REUSED
 */
export async function claimKey(tx: Tx, request: KeyedRequest, now: Date): Promise<StoredAnswer | undefined> {
  const [claim] = await tx.query<{ claimed: boolean }>(
    'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS claimed',
    [`hetao.idempotency.${request.scope}\n${request.key}`],
  );
  if (!claim?.claimed) throw inProgress();
  const [row] = await tx.query<StoredAnswer & { request_hash: string }>(
    'SELECT request_hash, status, headers, body FROM idempotency_keys WHERE scope = $1 AND key = $2 AND expires_at > $3',
    [request.scope, request.key, now],
  );
  if (row === undefined) return undefined;
  if (row.request_hash === request.hash) return { status: row.status, headers: row.headers, body: row.body };
  throw new DomainException(
    idempotencyErrors.IDEMPOTENCY_KEY_REUSED(
      'The key was used for a request with another address or body within the last 24 hours.',
    ),
  );
}

/** Stores the answer beside its effect. An expired row under the same key is replaced. */
export async function storeAnswer(tx: Tx, request: KeyedRequest, answer: StoredAnswer, now: Date): Promise<void> {
  const stored = await tx.execute(
    `INSERT INTO idempotency_keys AS known (scope, key, request_hash, status, headers, body, answered_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (scope, key) DO UPDATE
       SET request_hash = EXCLUDED.request_hash, status = EXCLUDED.status, headers = EXCLUDED.headers,
           body = EXCLUDED.body, answered_at = EXCLUDED.answered_at, expires_at = EXCLUDED.expires_at
       WHERE known.expires_at <= EXCLUDED.answered_at`,
    [
      request.scope,
      request.key,
      request.hash,
      answer.status,
      JSON.stringify(answer.headers),
      answer.body,
      now,
      new Date(now.getTime() + RETENTION_MS),
    ],
  );
  // Only a snapshot older than the claim gets here: a rival finished in between, and its effect is the one that counts.
  if (stored === 0) throw inProgress();
}

/** Deletes answers past their retention, in bounded batches; returns how many. */
export async function pruneAnswers(database: Database, now: Date): Promise<number> {
  let pruned = 0;
  for (let batch = 0; batch < MAX_PRUNE_BATCHES; batch += 1) {
    const deleted = await database.withClient(async (client) => {
      const { rowCount } = await client.query(
        `DELETE FROM idempotency_keys WHERE (scope, key) IN
           (SELECT scope, key FROM idempotency_keys WHERE expires_at <= $1 LIMIT $2)`,
        [now, PRUNE_BATCH],
      );
      return rowCount ?? 0;
    });
    pruned += deleted;
    if (deleted < PRUNE_BATCH) break;
  }
  return pruned;
}

function inProgress(): DomainException {
  return new DomainException(
    idempotencyErrors.IDEMPOTENCY_IN_PROGRESS('Another request with this key has not been answered yet.', {
      meta: { retry_after_seconds: 1 },
    }),
  );
}
