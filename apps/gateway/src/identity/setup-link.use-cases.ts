import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { decideMember, type Account } from './account.js';
import { AccountRepository } from './account.repository.js';
import { identityErrors, type IdentityError } from './identity.errors.js';
import { OpenAccount } from './member.use-cases.js';

const LINK_LIFE_MS = 30 * 60_000;

/** Who wants to be the first operator. */
export interface FirstOperator {
  readonly token: string;
  readonly organisationId: string;
  readonly email: string;
  readonly displayName: string;
  readonly password: string;
}

/** The way in to an exchange that nobody can operate yet: a link that is printed at start and works once. */
@Injectable()
export class SetupLinks {
  readonly #uow: UnitOfWork;
  readonly #clock: Clock;
  readonly #accounts: AccountRepository;
  readonly #openAccount: OpenAccount;

  constructor(uow: UnitOfWork, @Inject(CLOCK) clock: Clock, accounts: AccountRepository, openAccount: OpenAccount) {
    this.#uow = uow;
    this.#clock = clock;
    this.#accounts = accounts;
    this.#openAccount = openAccount;
  }

  /** The token of a new link, or undefined when there is an operator and so no need of one. */
  create(): Promise<string | undefined> {
    return this.#uow.run(async (tx) => {
      if (await this.#accounts.operatorExists(tx)) return undefined;
      const token = randomBytes(32).toString('base64url');
      const expiresAt = new Date(this.#clock.now().getTime() + LINK_LIFE_MS);
      await tx.execute('INSERT INTO setup_links (hash, expires_at) VALUES ($1, $2)', [hashOf(token), expiresAt]);
      return token;
    });
  }

  /** Whether the link would work now. */
  usable(token: string): Promise<boolean> {
    return this.#uow.run(async (tx) => {
      if (await this.#accounts.operatorExists(tx)) return false;
      const rows = await tx.query('SELECT 1 FROM setup_links WHERE hash = $1 AND used_at IS NULL AND expires_at > $2', [
        hashOf(token),
        this.#clock.now(),
      ]);
      return rows.length > 0;
    });
  }

  /** Makes the first operator. The link is spent only when the account exists, and two who click at once get one. */
  async use(operator: FirstOperator): Promise<Result<Account, IdentityError>> {
    const { token, ...person } = operator;
    const request = { ...person, personas: ['operator' as const] };
    const sponsor = { organisationId: request.organisationId, personas: ['operator' as const] };
    const decided = decideMember(sponsor, request, { isDemonstration: false });
    if (!decided.ok) return decided;
    return this.#uow.runResult(async (tx) => {
      // Two instances print two links: whoever comes second must see the operator of the first.
      await tx.query(`SELECT pg_advisory_xact_lock(hashtext('hetao.gateway.setup'))`);
      const now = this.#clock.now();
      const spent = await tx.execute(
        'UPDATE setup_links SET used_at = $2 WHERE hash = $1 AND used_at IS NULL AND expires_at > $2',
        [hashOf(token), now],
      );
      if (spent === 0 || (await this.#accounts.operatorExists(tx))) {
        return err(identityErrors.SETUP_LINK_UNUSABLE('It was used, has expired, or there is an operator already.'));
      }
      return ok(await this.#openAccount.within(tx, decided.value, now));
    });
  }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}
