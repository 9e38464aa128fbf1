import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@hetao/kernel';
import type { Database, Tx } from '@hetao/persistence';
import { CLOCK, DATABASE } from '@hetao/runtime';
import { AuditTrail } from '../audit/audit.repository.js';
import type { Account } from '../identity/account.js';

/** Somebody at an identity provider outside: the pair that never changes and is never given to anybody else (OIDC Core 2). */
export interface OutsideIdentity {
  readonly issuer: string;
  readonly subject: string;
}

/** As whom providers outside know our people. */
@Injectable()
export class OutsideIdentityRepository {
  readonly #database: Database;
  readonly #audit: AuditTrail;
  readonly #clock: Clock;

  constructor(@Inject(DATABASE) database: Database, audit: AuditTrail, @Inject(CLOCK) clock: Clock) {
    this.#database = database;
    this.#audit = audit;
    this.#clock = clock;
  }

  /** The account that this identity is bound to. */
  async accountOf({ issuer, subject }: OutsideIdentity): Promise<string | undefined> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<{ accountId: string }>(
        'SELECT account_id AS "accountId" FROM outside_identities WHERE issuer = $1 AND subject = $2',
        [issuer, subject],
      ),
    );
    return rows[0]?.accountId;
  }

  /** Binds both for good. @returns false where the account is bound to another identity there, or this one elsewhere */
  async bind(tx: Tx, { issuer, subject }: OutsideIdentity, account: Account): Promise<boolean> {
    const { id: accountId, organisationId } = account;
    const bound = await tx.execute(
      `INSERT INTO outside_identities (issuer, subject, account_id, bound_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING`,
      [issuer, subject, accountId, this.#clock.now()],
    );
    if (bound === 0) return false;
    const actor = { subject: accountId, accountId, organisationId, via: 'sign-in', requestId: null, address: null };
    const about = { object: accountId, organisationId, result: 'done', detail: { known_at: issuer } } as const;
    await this.#audit.note(tx, { actor, action: 'member.changed', ...about });
    return true;
  }
}
