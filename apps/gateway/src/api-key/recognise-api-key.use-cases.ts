import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { CLOCK, SERVICE_CONFIG } from '@hetao/runtime';
import type { GatewayConfig } from '../gateway.config.js';
import { sessionErrors, type SessionError } from '../session/session.errors.js';
import { isAmong, readApiKey, type ApiKeyKind } from './api-key.codec.js';
import { apiKeyErrors, type ApiKeyError } from './api-key.errors.js';
import { admit, worthRecording, type ApiKeyScope } from './api-key.js';
import { ApiKeyRepository, type FoundApiKey } from './api-key.repository.js';

/** What a key is shown for, and how it came. */
export interface KeyShown {
  readonly scope: ApiKeyScope;
  /** Address it came from. */
  readonly address: string;
  /** Whether anybody on the way could read it. */
  readonly inClear: boolean;
}

/** Says whose key it is that a request shows, on every request of a machine. */
@Injectable()
export class RecogniseApiKey {
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

  /** Checks form and checksum, then the database, then whether the key may do this now and from there. */
  async execute(text: string, shown: KeyShown): Promise<Result<FoundApiKey, ApiKeyError | SessionError>> {
    const read = readApiKey(text);
    if (!read.ok) return read;
    if (read.value.kind !== this.#kind) {
      const place = read.value.kind === 'test' ? 'demonstrations' : 'real exchanges';
      return err(apiKeyErrors.API_KEY_UNKNOWN(`Keys that begin with hx_${read.value.kind}_ belong to ${place}.`));
    }
    const found = await this.#keys.byHash(read.value.hash);
    if (found === undefined) return err(apiKeyErrors.API_KEY_UNKNOWN('No key of this exchange has this value.'));
    if (shown.inClear) {
      const refused = await this.#exposed(found, shown.address);
      this.#keys.forget(read.value.hash);
      return refused;
    }
    const now = this.#clock.now();
    const isFromItsPlace = isAmong(found.key.addresses, shown.address);
    const admitted = admit(found.key, { scope: shown.scope, now, isFromItsPlace });
    if (!admitted.ok) return admitted;
    if (found.account.closed) {
      return err(sessionErrors.ACCOUNT_CLOSED(`Account ${found.account.id} or its organisation is suspended.`));
    }
    if (worthRecording(found.key, now)) await this.#keys.recordUse(read.value.hash, now);
    return ok(found);
  }

  /** What others may have read is nobody's secret any more. */
  async #exposed({ key }: FoundApiKey, address: string): Promise<Result<never, ApiKeyError>> {
    await this.#uow.run(async (tx) => {
      if (key.revokedAt !== null) return;
      await this.#keys.revoke(tx, key.organisationId, key.id, this.#clock.now());
      const { id: subject, accountId, organisationId } = key;
      const actor = { subject, accountId, organisationId, via: 'api_key', requestId: null, address };
      await this.#keys.note(tx, actor, 'api_key.exposed', key);
    });
    return err(apiKeyErrors.API_KEY_IN_CLEAR(`Key ${key.id} came over plain http.`));
  }
}
