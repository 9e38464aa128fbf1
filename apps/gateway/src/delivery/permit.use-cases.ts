import { checkClearance, Clearance } from '@hetao/clearance';
import { err, type DomainError, type Result } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { DeliveryRepository } from './delivery.repository.js';
import { permitDelivery, type DeliveryRequest, type Grant, type Permit } from './delivery.js';

/** A refusal, with the grant it is about where the caller may know of it. */
export interface Refusal {
  readonly error: DomainError;
  readonly grant: Grant | null;
}

/** Decides whether a call may be passed on: the licence first, then customs' release. */
@Injectable()
export class PermitDelivery {
  readonly #deliveries: DeliveryRepository;
  readonly #clearance: Clearance;
  readonly #database: Database;

  constructor(deliveries: DeliveryRepository, clearance: Clearance, @Inject(DATABASE) database: Database) {
    this.#deliveries = deliveries;
    this.#clearance = clearance;
    this.#database = database;
  }

  async execute(request: DeliveryRequest): Promise<Result<Permit, Refusal>> {
    const [grant] = await this.#deliveries.grants([request.agreementId]);
    const permitted = permitDelivery(grant, request);
    if (!permitted.ok) {
      const isTheirs = grant?.buyerId === request.organisationId;
      return err({ error: permitted.error, grant: isTheirs ? grant : null });
    }
    const cleared = await this.#cleared(request.agreementId, request.at);
    return cleared === null ? permitted : err({ error: cleared, grant: permitted.value.grant });
  }

  /** Which of these agreements give no access any more: for calls that are under way. */
  async over(agreementIds: readonly string[], at: Date): Promise<ReadonlySet<string>> {
    const grants = await this.#deliveries.grants(agreementIds);
    const standings = await this.#database.withClient((client) => this.#clearance.standings(client, agreementIds));
    const stands = (grant: Grant) => {
      const { agreementId, buyerId: organisationId, purposes } = grant;
      const request = { agreementId, organisationId, purpose: purposes[0] ?? null, at };
      return permitDelivery(grant, request).ok && checkClearance(standings.get(agreementId) ?? [], at).ok;
    };
    const standing = new Set(grants.filter(stands).map(({ agreementId }) => agreementId));
    return new Set(agreementIds.filter((id) => !standing.has(id)));
  }

  async #cleared(agreementId: string, at: Date): Promise<DomainError | null> {
    const standings = await this.#database.withClient((client) => this.#clearance.standings(client, [agreementId]));
    const cleared = checkClearance(standings.get(agreementId) ?? [], at);
    return cleared.ok ? null : cleared.error;
  }
}
