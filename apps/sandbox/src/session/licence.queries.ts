import { Injectable } from '@nestjs/common';
import type { DomainError } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import type { CallerIdentity } from '@hetao/runtime';
import type { Enclave } from '../enclave/enclave.js';
import { EnclaveRepository } from '../enclave/enclave.repository.js';
import type { ComputeMeter } from '../usage/compute-usage.js';
import { SessionAccess } from './session.access.js';
import { SessionRepository } from './session.repository.js';
import type { SessionGrounds } from './session.js';

/** An enclave as it opens, or does not, to the person who asks. */
export interface LicenceView {
  readonly enclave: Enclave;
  readonly grounds: SessionGrounds | null;
  readonly refusal: DomainError | null;
  readonly used: Readonly<Record<ComputeMeter, number>> | null;
}

/** What somebody may compute on, decided as it is when a session is opened: what is shown here is what happens there. */
@Injectable()
export class LicenceQueries {
  readonly #uow: UnitOfWork;
  readonly #enclaves: EnclaveRepository;
  readonly #access: SessionAccess;
  readonly #sessions: SessionRepository;

  constructor(uow: UnitOfWork, enclaves: EnclaveRepository, access: SessionAccess, sessions: SessionRepository) {
    this.#uow = uow;
    this.#enclaves = enclaves;
    this.#access = access;
    this.#sessions = sessions;
  }

  /** By the id of the enclave. An organisation's own data needs no licence and is not among them. */
  list(caller: CallerIdentity, afterId: string, limit: number): Promise<LicenceView[]> {
    return this.#uow.run(async (tx) => {
      const views: LicenceView[] = [];
      for (let after = afterId, more = true; more && views.length < limit;) {
        const enclaves = await this.#enclaves.list(tx, caller.organisationId, after, limit);
        const others = enclaves.filter(({ custodianId }) => custodianId !== caller.organisationId);
        for (const enclave of others) views.push(await this.#view(tx, enclave, caller));
        after = enclaves.at(-1)?.id ?? after;
        more = enclaves.length === limit;
      }
      return views.slice(0, limit);
    });
  }

  async #view(tx: Tx, enclave: Enclave, caller: CallerIdentity): Promise<LicenceView> {
    const opened = await this.#access.grounds(tx, enclave.id, caller);
    if (!opened.ok) return { enclave, grounds: null, refusal: opened.error, used: null };
    const used = await this.#used(tx, opened.value.agreementId);
    return { enclave, grounds: opened.value, refusal: null, used };
  }

  async #used(tx: Tx, agreementId: string): Promise<Record<ComputeMeter, number>> {
    const rows = await tx.query<{ meter: ComputeMeter; amount: string }>(
      `SELECT meter, sum(coalesce(settled, reserved)) AS amount FROM compute_usage WHERE agreement_id = $1 GROUP BY meter`,
      [agreementId],
    );
    const amounts = new Map(rows.map(({ meter, amount }) => [meter, Number(amount)]));
    // Minutes of sessions are told by the sessions themselves.
    amounts.set('session_minutes', await this.#sessions.minutesSpent(tx, agreementId));
    const amountOf = (meter: ComputeMeter): number => amounts.get(meter) ?? 0;
    return {
      ...{ vcpu_seconds: amountOf('vcpu_seconds'), gb_seconds: amountOf('gb_seconds') },
      ...{ session_minutes: amountOf('session_minutes'), output_files: amountOf('output_files') },
      predictions: amountOf('predictions'),
    };
  }
}
