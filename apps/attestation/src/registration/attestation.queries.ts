import { Injectable } from '@nestjs/common';
import { err, ok, type Reader, type Result, seesEveryTenant } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { attestationErrors, type AttestationError } from './attestation.errors.js';
import { AttestationRepository } from './attestation.repository.js';
import type { Attestation } from './attestation.js';

/** Reads attestations for those who may see them: issuer, holder, exchange. */
@Injectable()
export class AttestationQueries {
  readonly #uow: UnitOfWork;
  readonly #attestations: AttestationRepository;

  constructor(uow: UnitOfWork, attestations: AttestationRepository) {
    this.#uow = uow;
    this.#attestations = attestations;
  }

  async get(id: string, reader: Reader): Promise<Result<Attestation, AttestationError>> {
    const found = await this.#uow.run((tx) => this.#attestations.find(tx, id));
    const seen =
      found !== null && (seesEveryTenant(reader) || [found.issuer, found.holderId].includes(reader.organisationId));
    return seen ? ok(found) : err(attestationErrors.ATTESTATION_UNKNOWN(`There is no attestation ${id} for you.`));
  }

  list(reader: Reader, afterId: string, limit: number): Promise<Attestation[]> {
    const party = seesEveryTenant(reader) ? null : reader.organisationId;
    return this.#uow.run((tx) => this.#attestations.list(tx, { party, afterId, limit }));
  }
}
