import { Inject, Injectable } from '@nestjs/common';
import { err, newId, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import type { Actor } from '../audit/audit.js';
import { apiClientErrors, type ApiClientError } from './api-client.errors.js';
import { decideClient, maxClients, type ApiClient, type PublicJwk } from './api-client.js';
import { ApiClientRepository } from './api-client.repository.js';

/** What is asked for with a new client, and by whom. */
export interface NewClient {
  readonly name: string;
  readonly keys: readonly PublicJwk[];
  readonly scopes: readonly string[];
  /** Scopes of the key that asks; null for a person. */
  readonly callerScopes: readonly string[] | null;
}

/** Registers and revokes the machines that prove themselves with a key of their own. */
@Injectable()
export class ApiClients {
  readonly #uow: UnitOfWork;
  readonly #clients: ApiClientRepository;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, clients: ApiClientRepository, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#clients = clients;
    this.#clock = clock;
  }

  register(
    wanted: NewClient,
    actor: Actor & { readonly accountId: string },
  ): Promise<Result<ApiClient, ApiClientError>> {
    const decided = decideClient(wanted);
    if (!decided.ok) return Promise.resolve(decided);
    const { accountId, organisationId } = actor;
    return this.#uow.runResult(async (tx): Promise<Result<ApiClient, ApiClientError>> => {
      if ((await this.#clients.countInForce(tx, organisationId)) >= maxClients) {
        return err(apiClientErrors.API_CLIENTS_TOO_MANY(`${organisationId} has ${maxClients}.`));
      }
      const { name, keys } = wanted;
      const about = { id: newId('cli'), accountId, organisationId, name, keys, scopes: decided.value.scopes };
      const client = { ...about, createdAt: this.#clock.now(), revokedAt: null, lastUsedAt: null };
      await this.#clients.insert(tx, client, actor);
      return ok(client);
    });
  }

  list(organisationId: string, afterId: string, limit: number): Promise<ApiClient[]> {
    return this.#clients.ofOrganisation(organisationId, afterId, limit);
  }

  /** Its tokens stop with the next request. */
  revoke(id: string, actor: Actor): Promise<Result<ApiClient, ApiClientError>> {
    return this.#uow.runResult(async (tx): Promise<Result<ApiClient, ApiClientError>> => {
      const client = await this.#clients.revoke(tx, id, this.#clock.now(), actor);
      return client === undefined ? err(apiClientErrors.API_CLIENT_NOT_FOUND(`${id} is not in force.`)) : ok(client);
    });
  }
}
