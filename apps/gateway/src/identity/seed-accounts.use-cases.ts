import { Inject, Injectable } from '@nestjs/common';
import { deterministicId, unwrap, type Clock } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { hashApiKey, readApiKey, visibleParts } from '../api-key/api-key.codec.js';
import { ApiKeyRepository } from '../api-key/api-key.repository.js';
import { apiKeyScopes, maxLifeDays } from '../api-key/api-key.js';
import { normaliseEmail, type Account } from './account.js';
import { AccountRepository } from './account.repository.js';
import { PasswordHasher } from './password.hasher.js';
import type { SeedAccount } from './seed-account.dto.js';

const DAY_MS = 86_400_000;

/** Writes the accounts of a demonstration, at every start to the same effect. */
@Injectable()
export class SeedAccounts {
  readonly #uow: UnitOfWork;
  readonly #clock: Clock;
  readonly #accounts: AccountRepository;
  readonly #keys: ApiKeyRepository;

  constructor(uow: UnitOfWork, @Inject(CLOCK) clock: Clock, accounts: AccountRepository, keys: ApiKeyRepository) {
    this.#uow = uow;
    this.#clock = clock;
    this.#accounts = accounts;
    this.#keys = keys;
  }

  /** All or none. A seed wins over what was changed in an account of the same address that it made before. */
  async execute(seeds: readonly SeedAccount[]): Promise<void> {
    if (seeds.length === 0) return;
    const hashes = await this.#hashesFor(seeds);
    await this.#uow.run(async (tx) => {
      for (const [index, seed] of seeds.entries()) {
        const account = await this.#put(tx, seed, hashes.get(seed.password) ?? null, index);
        if (seed.api_key !== undefined) await this.#putKey(tx, account, seed.api_key);
      }
    });
  }

  /**
   * One hash for each different password: everybody knows them, and hashing one for each of a hundred accounts would
   * cost seconds of every first start. A hash that already fits is kept, so that starting again changes nothing.
   */
  async #hashesFor(seeds: readonly SeedAccount[]): Promise<ReadonlyMap<string, string>> {
    const hasher = new PasswordHasher();
    const hashes = new Map<string, string>();
    for (const seed of seeds) {
      if (hashes.has(seed.password)) continue;
      const existing = await this.#accounts.byEmail(normaliseEmail(seed.email));
      const kept = existing?.passwordHash;
      const fits = typeof kept === 'string' && (await hasher.matches(seed.password, kept));
      hashes.set(seed.password, fits ? kept : await hasher.hash(seed.password));
    }
    return hashes;
  }

  async #put(tx: Tx, seed: SeedAccount, passwordHash: string | null, index: number): Promise<Account> {
    const email = normaliseEmail(seed.email);
    const existing = await this.#accounts.byEmail(email, tx);
    const account: Account = {
      id: existing?.id ?? deterministicId('acc', 'seed', email),
      organisationId: seed.organisation_id,
      email,
      displayName: seed.display_name,
      personas: seed.personas,
      roles: existing?.roles ?? ['owner'],
      passwordHash,
      demo: true,
      demoCard: true,
      disabledAt: existing?.disabledAt ?? null,
      // A millisecond apart, so that the sign-in page can show them in the order of the seed.
      createdAt: existing?.createdAt ?? new Date(this.#clock.now().getTime() + index),
    };
    if (existing === undefined) await this.#accounts.insert(tx, account);
    else await this.#accounts.save(tx, account);
    return account;
  }

  async #putKey(tx: Tx, account: Account, secret: string): Promise<void> {
    unwrap(readApiKey(secret));
    const now = this.#clock.now();
    const key = {
      id: deterministicId('key', 'seed', account.email),
      accountId: account.id,
      organisationId: account.organisationId,
      name: 'Demo key',
      ...visibleParts(secret),
      scopes: apiKeyScopes,
      addresses: [],
      rolledInto: null,
      createdAt: now,
      expiresAt: new Date(now.getTime() + maxLifeDays * DAY_MS),
      revokedAt: null,
      lastUsedAt: null,
    };
    await this.#keys.put(tx, key, hashApiKey(secret));
  }
}
