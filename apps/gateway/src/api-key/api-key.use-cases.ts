import { Inject, Injectable } from '@nestjs/common';
import { err, newId, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { CLOCK, SERVICE_CONFIG } from '@hetao/runtime';
import type { GatewayConfig } from '../gateway.config.js';
import { sessionErrors, type SessionError } from '../session/session.errors.js';
import { hashApiKey, makeApiKey, readApiKey, visibleParts, type ApiKeyKind } from './api-key.codec.js';
import { apiKeyErrors, type ApiKeyError } from './api-key.errors.js';
import { admit, decideApiKey, worthRecording, type ApiKey, type ApiKeyScope } from './api-key.js';
import { ApiKeyRepository, type FoundApiKey } from './api-key.repository.js';

/** What is asked for with a new key, and by whom. */
export interface NewApiKey {
  readonly accountId: string;
  readonly organisationId: string;
  readonly name: string;
  readonly scopes: readonly ApiKeyScope[];
  readonly expiresAt: Date | null;
  /** Scopes of the key that asks; null for a person. */
  readonly callerScopes: readonly string[] | null;
}

/** Makes, recognises and revokes the keys of machines. */
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

  /** The one answer that holds the key itself. */
  make(wanted: NewApiKey): Promise<Result<{ readonly key: ApiKey; readonly secret: string }, ApiKeyError>> {
    return this.#uow.runResult(async (tx) => {
      const now = this.#clock.now();
      const existingKeys = await this.#keys.countInForce(tx, wanted.accountId, now);
      const decided = decideApiKey({ ...wanted, existingKeys }, now);
      if (!decided.ok) return decided;
      const { accountId, organisationId, name } = wanted;
      const secret = makeApiKey(this.#kind);
      const key: ApiKey = {
        id: newId('key'),
        accountId,
        organisationId,
        name,
        ...visibleParts(secret),
        scopes: decided.value.scopes,
        createdAt: now,
        expiresAt: new Date(now.getTime() + decided.value.expiresInMs),
        revokedAt: null,
        lastUsedAt: null,
      };
      await this.#keys.insert(tx, key, hashApiKey(secret));
      return ok({ key, secret });
    });
  }

  /** Checks form and checksum, then the database, then whether the key may do this now. */
  async recognise(text: string, scope: ApiKeyScope): Promise<Result<FoundApiKey, ApiKeyError | SessionError>> {
    const read = readApiKey(text);
    if (!read.ok) return read;
    if (read.value.kind !== this.#kind) {
      const place = read.value.kind === 'test' ? 'demonstrations' : 'real exchanges';
      return err(apiKeyErrors.API_KEY_UNKNOWN(`Keys that begin with hx_${read.value.kind}_ belong to ${place}.`));
    }
    const found = await this.#keys.byHash(read.value.hash);
    if (found === undefined) return err(apiKeyErrors.API_KEY_UNKNOWN('No key of this exchange has this value.'));
    const now = this.#clock.now();
    const admitted = admit(found.key, scope, now);
    if (!admitted.ok) return admitted;
    if (found.account.closed) {
      return err(sessionErrors.ACCOUNT_CLOSED(`Account ${found.account.id} or its organisation is suspended.`));
    }
    if (worthRecording(found.key, now)) await this.#keys.recordUse(found.key.id, now);
    return ok(found);
  }

  list(organisationId: string, afterId: string, limit: number): Promise<ApiKey[]> {
    return this.#keys.ofOrganisation(organisationId, afterId, limit);
  }

  revoke(organisationId: string, id: string): Promise<Result<ApiKey, ApiKeyError>> {
    return this.#uow.runResult(async (tx) => {
      const key = await this.#keys.revoke(tx, organisationId, id, this.#clock.now());
      return key === undefined
        ? err(apiKeyErrors.API_KEY_NOT_FOUND(`${id} is not a key of ${organisationId}.`))
        : ok(key);
    });
  }
}
