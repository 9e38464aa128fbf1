import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Clock, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK, type CallerIdentity } from '@hetao/runtime';
import { floorOf } from '../isolation/isolation-level.js';
import { EnclaveRepository } from '../enclave/enclave.repository.js';
import type { DatasetVersion, Enclave } from '../enclave/enclave.js';
import { accessErrors, type AccessError } from './access.errors.js';
import { decideAccess, type ComputeGrant } from './compute-grant.js';
import { LicenceRepository } from './licence.repository.js';

/** That a caller may compute on the newest version of an enclave. */
export interface OpenedEnclave {
  readonly enclave: Enclave;
  readonly version: DatasetVersion;
  readonly grant: ComputeGrant;
}

/** As whom access is asked for. */
export type Asker = Pick<CallerIdentity, 'subject' | 'organisationId'>;

/** The one place where it is decided whether an enclave opens to somebody: for jobs, results, sessions and training. */
@Injectable()
export class ComputeAccess {
  readonly #enclaves: EnclaveRepository;
  readonly #licences: LicenceRepository;
  readonly #clock: Clock;

  constructor(enclaves: EnclaveRepository, licences: LicenceRepository, @Inject(CLOCK) clock: Clock) {
    this.#enclaves = enclaves;
    this.#licences = licences;
    this.#clock = clock;
  }

  /**
   * Decided anew each time, in the transaction of what it opens: a licence that rests, a basis that was withdrawn or a
   * release that was revoked stops the next step.
   *
   * @returns ENCLAVE_UNKNOWN and the errors of {@link decideAccess}.
   */
  async open(tx: Tx, enclaveId: string, asker: Asker): Promise<Result<OpenedEnclave, AccessError>> {
    const enclave = await this.#enclaves.find(tx, enclaveId);
    const version = enclave && (await this.#enclaves.newestVersion(tx, enclaveId));
    if (!enclave || !version) return err(accessErrors.ENCLAVE_UNKNOWN(`There is no enclave ${enclaveId} with data.`));
    const at = this.#clock.now();
    const licences = await this.#licences.licencesOf(tx, asker.organisationId, enclave.productId, at);
    const agreementIds = licences.map(({ agreementId }) => agreementId);
    const releases = await this.#licences.releasesOf(tx, agreementIds, at);
    const grant = decideAccess({
      ...{ origin: enclave.origin, floor: floorOf(enclave.dataClass), terms: enclave.terms, licences, at },
      person: await this.#licences.personOf(tx, agreementIds, asker.subject),
      bases: await this.#licences.basesOf(tx, enclaveId),
      releaseOf: (agreementId) => releases.get(agreementId) ?? null,
    });
    return grant.ok ? ok({ enclave, version, grant: grant.value }) : grant;
  }
}
