import { Inject, Injectable } from '@nestjs/common';
import { err, newId, ok, seesEveryTenant, type Clock, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK, type CallerIdentity } from '@hetao/runtime';
import { accessErrors } from '../access/access.errors.js';
import type { LegalBasisKind } from '../access/compute-grant.js';
import { LicenceRepository } from '../access/licence.repository.js';
import type { DatasetVersion, Enclave } from './enclave.js';
import { enclaveErrors } from './enclave.errors.js';
import { EnclaveRepository } from './enclave.repository.js';

/** A legal basis as its custodian records it; instants are UTC. */
export interface BasisWish {
  readonly kind: LegalBasisKind;
  readonly reference: string;
  readonly destination: string;
  readonly validFrom: string;
  readonly validUntil: string;
}

/** Somebody to be admitted under an agreement. */
export interface PersonWish {
  readonly agreementId: string;
  readonly subject: string;
  readonly name: string;
  readonly place: string;
  readonly trainedOn: string;
}

/** What a custodian does with an enclave, and who sees it. */
@Injectable()
export class Enclaves {
  readonly #uow: UnitOfWork;
  readonly #enclaves: EnclaveRepository;
  readonly #licences: LicenceRepository;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, enclaves: EnclaveRepository, licences: LicenceRepository, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#enclaves = enclaves;
    this.#licences = licences;
    this.#clock = clock;
  }

  open(wish: Omit<Enclave, 'id' | 'custodianId'>, caller: CallerIdentity): Promise<Result<Enclave, DomainError>> {
    return this.#uow.runResult(async (tx) => {
      const enclave = { ...wish, id: newId('enc'), custodianId: caller.organisationId };
      const isNew = await this.#enclaves.insert(tx, enclave, { subject: caller.subject, at: this.#clock.now() });
      return isNew ? ok(enclave) : err(enclaveErrors.ENCLAVE_EXISTS(`Product ${wish.productId} has one.`));
    });
  }

  /** The caller's own enclave. @returns ENCLAVE_UNKNOWN for somebody else's. */
  own(id: string, caller: CallerIdentity): Promise<Result<Enclave, DomainError>> {
    return this.#uow.run((tx) => this.#own(tx, id, caller));
  }

  get(
    id: string,
    caller: CallerIdentity,
  ): Promise<Result<{ enclave: Enclave; version: DatasetVersion | null }, DomainError>> {
    return this.#uow.run(async (tx) => {
      const enclave = await this.#enclaves.find(tx, id);
      const isOpen =
        enclave && (seesEveryTenant(caller) || (await this.#enclaves.isOpenTo(tx, enclave, caller.organisationId)));
      if (!enclave || isOpen !== true)
        return err(accessErrors.ENCLAVE_UNKNOWN(`There is no enclave ${id} open to you.`));
      return ok({ enclave, version: await this.#enclaves.newestVersion(tx, id) });
    });
  }

  list(caller: CallerIdentity, afterId: string, limit: number): Promise<Enclave[]> {
    const organisationId = seesEveryTenant(caller) ? null : caller.organisationId;
    return this.#uow.run((tx) => this.#enclaves.list(tx, organisationId, afterId, limit));
  }

  recordBasis(id: string, wish: BasisWish, caller: CallerIdentity): Promise<Result<string, DomainError>> {
    return this.#uow.runResult(async (tx) => {
      const enclave = await this.#own(tx, id, caller);
      if (!enclave.ok) return enclave;
      const basisId = newId('lgb');
      await tx.execute(
        `INSERT INTO legal_bases (id, enclave_id, kind, reference, destination, valid_from, valid_until, recorded_by, recorded_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [
          basisId,
          id,
          wish.kind,
          wish.reference,
          wish.destination,
          wish.validFrom,
          wish.validUntil,
          caller.subject,
          this.#clock.now(),
        ],
      );
      return ok(basisId);
    });
  }

  /** From now on nothing opens by it; what was shown was shown. */
  withdrawBasis(id: string, basisId: string, caller: CallerIdentity): Promise<Result<string, DomainError>> {
    return this.#uow.runResult(async (tx) => {
      const enclave = await this.#own(tx, id, caller);
      if (!enclave.ok) return enclave;
      await tx.execute(
        'UPDATE legal_bases SET withdrawn_at = $3 WHERE id = $2 AND enclave_id = $1 AND withdrawn_at IS NULL',
        [...[id, basisId, this.#clock.now()]],
      );
      return ok(basisId);
    });
  }

  /** @returns AGREEMENT_NOT_ON_ENCLAVE, PEOPLE_FULL. Admitting somebody again changes place and training. */
  admitPerson(id: string, wish: PersonWish, caller: CallerIdentity): Promise<Result<string, DomainError>> {
    return this.#uow.runResult(async (tx) => {
      const enclave = await this.#own(tx, id, caller);
      if (!enclave.ok) return enclave;
      const buyer = await this.#licences.buyerOf(tx, wish.agreementId, enclave.value.productId);
      if (buyer === null)
        return err(accessErrors.AGREEMENT_NOT_ON_ENCLAVE(`${wish.agreementId} is not on it, or not known yet.`));
      const others = await tx.query(
        'SELECT 1 FROM licence_people WHERE agreement_id = $1 AND subject <> $2 AND ended_at IS NULL',
        [wish.agreementId, wish.subject],
      );
      const { maxPeople } = enclave.value.terms;
      if (others.length >= maxPeople)
        return err(accessErrors.PEOPLE_FULL(`${others.length} of ${maxPeople} are admitted.`));
      await tx.execute(
        `INSERT INTO licence_people (agreement_id, subject, name, place, trained_on, admitted_by, admitted_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (agreement_id, subject) DO UPDATE
           SET name = EXCLUDED.name, place = EXCLUDED.place, trained_on = EXCLUDED.trained_on, ended_at = NULL`,
        [wish.agreementId, wish.subject, wish.name, wish.place, wish.trainedOn, caller.subject, this.#clock.now()],
      );
      return ok(wish.subject);
    });
  }

  async #own(tx: Tx, id: string, caller: CallerIdentity): Promise<Result<Enclave, DomainError>> {
    const enclave = await this.#enclaves.find(tx, id);
    if (enclave?.custodianId === caller.organisationId) return ok(enclave);
    return err(accessErrors.ENCLAVE_UNKNOWN(`There is no enclave ${id} of yours.`));
  }
}
