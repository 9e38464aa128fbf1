import { Inject, Injectable } from '@nestjs/common';
import { deterministicId, err, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { issuerKeyErrors, type IssuerKeyError } from './issuer-key.errors.js';
import type { IssuerKey } from './issuer-key.js';
import { IssuerKeyRepository } from './issuer-key.repository.js';

/** Keys by which issuers sign, and the exchange's word on whose they are. Every command may be repeated. */
@Injectable()
export class IssuerKeys {
  readonly #uow: UnitOfWork;
  readonly #keys: IssuerKeyRepository;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, keys: IssuerKeyRepository, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#keys = keys;
    this.#clock = clock;
  }

  propose(issuer: string, x: string): Promise<Result<IssuerKey, IssuerKeyError>> {
    return this.#uow.runResult(async (tx) => {
      await this.#keys.propose(tx, { id: deterministicId('isk', x), issuer, x }, this.#clock.now());
      const key = await this.#keys.byKey(tx, x);
      if (key?.issuer !== issuer) return err(issuerKeyErrors.ISSUER_KEY_TAKEN('The key belongs to another issuer.'));
      return ok(key);
    });
  }

  decide(id: string, status: 'trusted' | 'distrusted', subject: string): Promise<Result<IssuerKey, IssuerKeyError>> {
    return this.#uow.runResult(async (tx) => {
      const key = await this.#keys.decide(tx, id, status, { at: this.#clock.now(), subject });
      return key === null ? err(issuerKeyErrors.ISSUER_KEY_UNKNOWN(`There is no issuer key ${id}.`)) : ok(key);
    });
  }

  list(afterId: string, limit: number): Promise<IssuerKey[]> {
    return this.#uow.run((tx) => this.#keys.list(tx, afterId, limit));
  }
}
