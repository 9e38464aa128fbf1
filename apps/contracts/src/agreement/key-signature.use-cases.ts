import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Clock, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { verifyAgreementSignature, type SignedDocument } from '@hetao/proofs';
import { CLOCK } from '@hetao/runtime';
import { SigningKeyRepository } from '../signing-key/signing-key.repository.js';
import { actingParty, type AgreementActor } from './acting-party.js';
import { AgreementJournal } from './agreement-journal.use-cases.js';
import { SignAgreement } from './agreement.use-cases.js';
import type { Agreement, AgreementParty } from './agreement.js';
import { KeySignatureRepository, type KeySignature } from './key-signature.repository.js';
import { SigningChecks } from './signing.checks.js';

/** Reads agreements, and verifies and keeps what their parties signed with keys. */
@Injectable()
export class KeySignatureDesk {
  readonly #agreements: AgreementJournal;
  readonly #keys: SigningKeyRepository;
  readonly #signatures: KeySignatureRepository;
  readonly #clock: Clock;

  constructor(
    agreements: AgreementJournal,
    keys: SigningKeyRepository,
    signatures: KeySignatureRepository,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#agreements = agreements;
    this.#keys = keys;
    this.#signatures = signatures;
    this.#clock = clock;
  }

  load(tx: Tx, id: string): Promise<Agreement | null> {
    return this.#agreements.load(tx, id);
  }

  /** The signature if it is good now: one of the organisation's own keys, in force, over exactly this document. */
  async verify(
    tx: Tx,
    agreement: Agreement,
    signed: { readonly party: AgreementParty; readonly organisationId: string; readonly jws: string },
  ): Promise<Result<KeySignature, DomainError>> {
    const keys = await this.#keys.recordsOf(tx, [signed.organisationId]);
    const receivedAt = this.#clock.now();
    const document = agreement.document as unknown as SignedDocument;
    const verified = await verifyAgreementSignature(signed.jws, document, { keys, receivedAt });
    if (!verified.ok) return err({ ...verified.error, pointer: '/jws' });
    return ok({ agreementId: agreement.id, ...signed, ...verified.value, receivedAt });
  }

  /** Keeps it; a party that signed before has signed, and gets what it signed then. */
  async keep(tx: Tx, signature: KeySignature): Promise<KeySignature> {
    const before = await this.#signatures.find(tx, signature.agreementId, signature.party);
    if (before !== null) return before;
    await this.#signatures.insert(tx, signature);
    return signature;
  }
}

/** What signing with a key came to. */
export interface SignedWithKey {
  readonly agreement: Agreement;
  readonly signature: KeySignature;
}

/**
 * Signs an agreement for the caller's own organisation with one of its keys. It is a consent as any other, and proves
 * itself besides; who consented before adds the proof.
 */
@Injectable()
export class SignWithKey {
  readonly #uow: UnitOfWork;
  readonly #desk: KeySignatureDesk;
  readonly #sign: SignAgreement;
  readonly #checks: SigningChecks;

  constructor(uow: UnitOfWork, desk: KeySignatureDesk, sign: SignAgreement, checks: SigningChecks) {
    this.#uow = uow;
    this.#desk = desk;
    this.#sign = sign;
    this.#checks = checks;
  }

  execute(id: string, jws: string, by: AgreementActor): Promise<Result<SignedWithKey, DomainError>> {
    return this.#uow.runResult<SignedWithKey, DomainError>(async (tx) => {
      const acting = actingParty(await this.#desk.load(tx, id), id, by);
      if (!acting.ok) return acting;
      const { agreement: before, party } = acting.value;
      const verified = await this.#desk.verify(tx, before, { party, organisationId: by.organisationId, jws });
      if (!verified.ok) return verified;
      const agreement = await this.#consent(tx, before, party, by);
      if (!agreement.ok) return agreement;
      return ok({ agreement: agreement.value, signature: await this.#desk.keep(tx, verified.value) });
    });
  }

  async #consent(
    tx: Tx,
    agreement: Agreement,
    party: AgreementParty,
    signer: AgreementActor,
  ): Promise<Result<Agreement, DomainError>> {
    if (agreement.signatures.some((signature) => signature.party === party)) return ok(agreement);
    const may = await this.#checks.maySign(tx, agreement, party);
    if (!may.ok) return may;
    return this.#sign.in(tx, agreement, { party, documentHash: agreement.documentHash, signer });
  }
}
