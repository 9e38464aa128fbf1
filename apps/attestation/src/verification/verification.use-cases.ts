import { Injectable } from '@nestjs/common';
import { err, newId, ok, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import type { ConsentError } from '../consent/consent.errors.js';
import { ConsentRepository } from '../consent/consent.repository.js';
import { coversVerification, type ConsentPurpose } from '../consent/consent.js';
import { EvidenceQueries } from './evidence.queries.js';
import { verificationErrors, type VerificationError } from './verification.errors.js';
import { VerificationRepository } from './verification.repository.js';
import { judge, type VerificationDocument } from './verification.js';

/** What a receiver asks. */
export interface VerificationRequest {
  readonly consentId: string;
  readonly purpose: ConsentPurpose;
  readonly commitment: string;
  /** As the holder handed it over; unchecked. */
  readonly receipt?: unknown;
}

/** Answers receivers, with the holder's consent, and keeps a receipt of the answer. */
@Injectable()
export class VerifyAttestation {
  readonly #uow: UnitOfWork;
  readonly #consents: ConsentRepository;
  readonly #verifications: VerificationRepository;
  readonly #evidence: EvidenceQueries;

  constructor(
    uow: UnitOfWork,
    consents: ConsentRepository,
    verifications: VerificationRepository,
    evidence: EvidenceQueries,
  ) {
    this.#uow = uow;
    this.#consents = consents;
    this.#verifications = verifications;
    this.#evidence = evidence;
  }

  /** @param at when the receiver asked. */
  execute(
    request: VerificationRequest,
    receiverId: string,
    at: Date,
  ): Promise<Result<VerificationDocument, VerificationError | ConsentError>> {
    return this.#uow.runResult<VerificationDocument, VerificationError | ConsentError>(async (tx) => {
      const { consentId, purpose, commitment } = request;
      const covered = coversVerification(await this.#consents.load(tx, consentId), { receiverId, purpose, at });
      if (!covered.ok) return covered;
      const admitted = await this.#verifications.admit(tx, receiverId, consentId, at);
      if (!admitted.ok) return admitted;
      const { attestationId, holderId } = covered.value;
      const evidence = {
        receipt: await this.#evidence.receipt(request.receipt, attestationId),
        logSuspect: await this.#evidence.logSuspect(tx),
        attestation: await this.#evidence.attestation(tx, attestationId, at),
      };
      const document: VerificationDocument = {
        verification_id: newId('ver'),
        attestation_id: attestationId,
        consent_id: consentId,
        receiver_id: receiverId,
        purpose,
        outcome: judge(evidence, { commitment, holderId, at }),
        checked_at: at.toISOString(),
      };
      await this.#verifications.insert(tx, document, holderId);
      return ok(document);
    });
  }

  /** What was answered before; `receiver` null for those who see all. */
  async get(id: string, receiver: string | null): Promise<Result<VerificationDocument, VerificationError>> {
    const document = await this.#uow.run((tx) => this.#verifications.load(tx, id, receiver));
    if (document !== null) return ok(document);
    return err(verificationErrors.VERIFICATION_UNKNOWN(`There is no verification ${id} for you.`));
  }
}
