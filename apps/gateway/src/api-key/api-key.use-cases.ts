import { Inject, Injectable } from '@nestjs/common';
import { err, newId, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK, SERVICE_CONFIG } from '@hetao/runtime';
import type { Actor } from '../audit/audit.js';
import type { GatewayConfig } from '../gateway.config.js';
import { hashApiKey, makeApiKey, visibleParts, wrongAddress, type ApiKeyKind } from './api-key.codec.js';
import { apiKeyErrors, type ApiKeyError } from './api-key.errors.js';
import { decideApiKey, successorOf, type ApiKey, type ApiKeyScope } from './api-key.js';
import { ApiKeyRepository } from './api-key.repository.js';

/** What is asked for with a new key, and by whom. */
export interface NewApiKey {
  readonly accountId: string;
  readonly organisationId: string;
  readonly name: string;
  readonly scopes: readonly ApiKeyScope[];
  readonly addresses: readonly string[];
  readonly expiresAt: Date | null;
  /** Scopes of the key that asks; null for a person. */
  readonly callerScopes: readonly string[] | null;
}

/** A key with its text: the one answer that holds it. */
export interface MadeApiKey {
  readonly key: ApiKey;
  readonly secret: string;
}

/** Makes, rolls and revokes the keys of machines. */
@Injectable()
export class ApiKeys {
  readonly #uow: UnitOfWork;
  readonly #clock: Clock;
  readonly #keys: ApiKeyRepository;
  readonly #kind: ApiKeyKind;

  constructor(
    uow: UnitOfWork,
    @Inject(CLOCK) clock: Clock,
    keys: ApiKeyRepository,
    @Inject(SERVICE_CONFIG) config: GatewayConfig,
  ) {
    this.#uow = uow;
    this.#clock = clock;
    this.#keys = keys;
    this.#kind = config.DEMO ? 'test' : 'live';
  }

  make(wanted: NewApiKey, actor: Actor): Promise<Result<MadeApiKey, ApiKeyError>> {
    const wrong = wrongAddress(wanted.addresses);
    if (wrong !== undefined) {
      return Promise.resolve(err(apiKeyErrors.API_KEY_ADDRESSES_INVALID(`"${wrong}"`, { pointer: '/addresses' })));
    }
    return this.#uow.runResult(async (tx) => {
      const now = this.#clock.now();
      const existingKeys = await this.#keys.countInForce(tx, wanted.accountId, now);
      const decided = decideApiKey({ ...wanted, existingKeys }, now);
      if (!decided.ok) return decided;
      const { scopes, expiresInMs } = decided.value;
      const made = this.#made({ ...wanted, scopes, expiresAt: new Date(now.getTime() + expiresInMs) }, now);
      await this.#keep(tx, made, actor);
      return ok(made);
    });
  }

  /** A new key in the place of an old one, which goes on for the overlap. */
  roll(id: string, overlapMs: number, actor: Actor): Promise<Result<MadeApiKey, ApiKeyError>> {
    const { organisationId } = actor;
    return this.#uow.runResult(async (tx): Promise<Result<MadeApiKey, ApiKeyError>> => {
      const now = this.#clock.now();
      const key = await this.#keys.lock(tx, organisationId, id);
      if (key === undefined) return err(apiKeyErrors.API_KEY_NOT_FOUND(`${id} is not a key of ${organisationId}.`));
      const successor = successorOf(key, now);
      if (!successor.ok) return successor;
      const { lifeMs, ...about } = successor.value;
      const expiresAt = new Date(now.getTime() + lifeMs);
      const made = this.#made({ ...about, expiresAt, accountId: key.accountId, organisationId }, now);
      await this.#keys.insert(tx, made.key, hashApiKey(made.secret));
      await this.#keys.roll(tx, id, made.key.id, new Date(now.getTime() + overlapMs));
      await this.#keys.note(tx, actor, 'api_key.rolled', key);
      return ok(made);
    });
  }

  list(organisationId: string, afterId: string, limit: number): Promise<ApiKey[]> {
    return this.#keys.ofOrganisation(organisationId, afterId, limit);
  }

  revoke(id: string, actor: Actor): Promise<Result<ApiKey, ApiKeyError>> {
    const { organisationId } = actor;
    return this.#uow.runResult(async (tx) => {
      const key = await this.#keys.revoke(tx, organisationId, id, this.#clock.now());
      if (key === undefined) return err(apiKeyErrors.API_KEY_NOT_FOUND(`${id} is not a key of ${organisationId}.`));
      await this.#keys.note(tx, actor, 'api_key.revoked', key);
      return ok(key);
    });
  }

  #made(
    about: Pick<ApiKey, 'accountId' | 'organisationId' | 'name' | 'scopes' | 'addresses' | 'expiresAt'>,
    now: Date,
  ): MadeApiKey {
    const secret = makeApiKey(this.#kind);
    const { accountId, organisationId, name, scopes, addresses, expiresAt } = about;
    const key: ApiKey = {
      ...{ id: newId('key'), accountId, organisationId, name, ...visibleParts(secret), scopes, addresses },
      ...{ rolledInto: null, createdAt: now, expiresAt, revokedAt: null, lastUsedAt: null },
    };
    return { key, secret };
  }

  async #keep(tx: Tx, { key, secret }: MadeApiKey, actor: Actor): Promise<void> {
    await this.#keys.insert(tx, key, hashApiKey(secret));
    await this.#keys.note(tx, actor, 'api_key.made', key);
  }
}
