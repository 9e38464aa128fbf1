import { checkClearance, Clearance, type ReleaseStanding } from '@hetao/clearance';
import { err, type DomainError, type Result } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { ReadMemory, type Recent } from '../database/read-memory.register.js';
import { DeliveryRepository } from './delivery.repository.js';
import { permitDelivery, type DeliveryRequest, type Grant, type Permit } from './delivery.js';

/** A refusal, with the grant it is about where the caller may know of it. */
export interface Refusal {
  readonly error: DomainError;
  readonly grant: Grant | null;
}

/** What a call may stand on: the licence, and what customs released for it. */
interface Ground {
  readonly grant: Grant;
  readonly releases: readonly ReleaseStanding[];
}

/** Decides whether a call may be passed on: the licence first, then customs' release. */
@Injectable()
export class PermitDelivery {
  readonly #deliveries: DeliveryRepository;
  readonly #clearance: Clearance;
  readonly #database: Database;
  readonly #recent: Recent<Ground>;

  constructor(
    deliveries: DeliveryRepository,
    clearance: Clearance,
    @Inject(DATABASE) database: Database,
    memory: ReadMemory,
  ) {
    this.#deliveries = deliveries;
    this.#clearance = clearance;
    this.#database = database;
    this.#recent = memory.of((agreementId) => this.#ground(agreementId));
  }

  /** By what was known less than half a second ago; what ends meanwhile is cut off, see RunningDeliveries. */
  async execute(request: DeliveryRequest): Promise<Result<Permit, Refusal>> {
    const ground = await this.#recent.read(request.agreementId);
    const grant = ground?.grant;
    const permitted = permitDelivery(grant, request);
    if (!permitted.ok) {
      const isTheirs = grant?.buyerId === request.organisationId;
      return err({ error: permitted.error, grant: isTheirs ? grant : null });
    }
    const cleared = checkClearance(ground?.releases ?? [], request.at);
    return cleared.ok ? permitted : err({ error: cleared.error, grant: permitted.value.grant });
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

  async #ground(agreementId: string): Promise<Ground | undefined> {
    const [grant] = await this.#deliveries.grants([agreementId]);
    if (grant === undefined) return undefined;
    const standings = await this.#database.withClient((client) => this.#clearance.standings(client, [agreementId]));
    return { grant, releases: standings.get(agreementId) ?? [] };
  }
}
