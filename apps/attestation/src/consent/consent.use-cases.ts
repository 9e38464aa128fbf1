import { Inject, Injectable } from '@nestjs/common';
import { err, newId, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { AttestationRepository } from '../registration/attestation.repository.js';
import { consentErrors, type ConsentError } from './consent.errors.js';
import { ConsentRepository } from './consent.repository.js';
import { giveConsent, withdrawConsent, type Consent, type ConsentPurpose } from './consent.js';

/** What a holder consents to. */
export interface ConsentTerms {
  readonly attestationId: string;
  readonly receiverId: string;
  readonly purpose: ConsentPurpose;
  readonly validUntil: Date;
}

@Injectable()
export class Consents {
  readonly #uow: UnitOfWork;
  readonly #consents: ConsentRepository;
  readonly #attestations: AttestationRepository;
  readonly #clock: Clock;

  constructor(
    uow: UnitOfWork,
    consents: ConsentRepository,
    attestations: AttestationRepository,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#uow = uow;
    this.#consents = consents;
    this.#attestations = attestations;
    this.#clock = clock;
  }

  /** Gives a consent; it may come before the registration reaches this node, and is checked again when used. */
  give(terms: ConsentTerms, by: { organisationId: string; subject: string }): Promise<Result<Consent, ConsentError>> {
    return this.#uow.runResult(async (tx) => {
      const known = await this.#attestations.find(tx, terms.attestationId);
      const givenAt = this.#clock.now();
      const given = giveConsent(
        { ...terms, id: newId('cns'), holderId: by.organisationId, givenAt, givenBy: by.subject },
        known?.holderId,
      );
      if (given.ok) await this.#consents.insert(tx, given.value);
      return given;
    });
  }

  withdraw(id: string, holderId: string): Promise<Result<Consent, ConsentError>> {
    return this.#uow.runResult(async (tx) => {
      const consent = await this.#consents.load(tx, id);
      if (consent?.holderId !== holderId)
        return err(consentErrors.CONSENT_UNKNOWN(`There is no consent ${id} of yours.`));
      const withdrawn = withdrawConsent(consent, this.#clock.now());
      await this.#consents.saveWithdrawal(tx, withdrawn);
      return ok(withdrawn);
    });
  }

  /** Consents given by or to an organisation; all for null. */
  list(party: string | null, afterId: string, limit: number): Promise<Consent[]> {
    return this.#uow.run((tx) => this.#consents.list(tx, party, afterId, limit));
  }
}
