import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { checkStatement, type SignedStatement } from '@hetao/proofs';
import { CLOCK } from '@hetao/runtime';
import { IssuerKeyRepository } from '../issuer/issuer-key.repository.js';
import type { RevocationReason } from '../log/log-entry.js';
import { attestationErrors, type AttestationError } from './attestation.errors.js';
import { AttestationRepository } from './attestation.repository.js';
import { prepareAttestation, revokeAttestation, supersedeAttestation, type Attestation } from './attestation.js';

/** Who sends a command. */
export interface Sender {
  readonly organisationId: string;
}

/** Registers and revokes commitments; row and log entry commit together. */
@Injectable()
export class Attestations {
  readonly #uow: UnitOfWork;
  readonly #attestations: AttestationRepository;
  readonly #keys: IssuerKeyRepository;
  readonly #clock: Clock;

  constructor(
    uow: UnitOfWork,
    attestations: AttestationRepository,
    keys: IssuerKeyRepository,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#uow = uow;
    this.#attestations = attestations;
    this.#keys = keys;
    this.#clock = clock;
  }

  /** Registers a checked statement; the same one again answers the same. */
  register(signed: SignedStatement, holderId: string): Promise<Result<Attestation, AttestationError>> {
    return this.#uow.runResult(async (tx) => {
      const { statement, issuer_key: key } = signed;
      if ((await this.#keys.byKey(tx, key.x))?.issuer !== statement.issuer) {
        return refused(`The key is not one that ${statement.issuer} proposed.`, '/signed/issuer_key');
      }
      const at = this.#clock.now();
      const attestation = prepareAttestation(statement, { holderId, keyX: key.x, at }, (iso) => new Date(iso));
      if (!(await this.#attestations.insert(tx, attestation, signed))) return this.#known(tx, signed, attestation);
      const replaced = await this.#replace(tx, attestation, at);
      return replaced.ok ? ok(attestation) : replaced;
    });
  }

  /** Takes an attestation back; only its issuer can. */
  revoke(id: string, reason: RevocationReason, by: Sender): Promise<Result<Attestation, AttestationError>> {
    return this.#uow.runResult(async (tx) => {
      const before = await this.#attestations.load(tx, id);
      if (before?.issuer !== by.organisationId) return err(unknown(id));
      const revoked = revokeAttestation(before, reason, this.#clock.now());
      if (!revoked.ok) return revoked;
      const { attestation, changed } = revoked.value;
      if (!changed) return ok(attestation);
      await this.#attestations.saveRevoked(tx, attestation);
      return ok(attestation);
    });
  }

  async #replace(tx: Tx, attestation: Attestation, at: Date): Promise<Result<null, AttestationError>> {
    if (attestation.supersedes === null) return ok(null);
    const old = await this.#attestations.load(tx, attestation.supersedes);
    if (old?.issuer !== attestation.issuer)
      return refused('It supersedes no attestation of this issuer.', '/signed/statement/supersedes');
    const superseded = supersedeAttestation(old, attestation, at);
    if (!superseded.ok) return superseded;
    await this.#attestations.save(tx, superseded.value);
    return ok(null);
  }

  /** A repeat must be one to the letter: the holder included, since the log does not show him. */
  async #known(tx: Tx, signed: SignedStatement, again: Attestation): Promise<Result<Attestation, AttestationError>> {
    const known = await this.#attestations.load(tx, again.id);
    const same = known?.holderId === again.holderId && (await this.#attestations.holdsStatement(tx, again.id, signed));
    if (known !== null && same) return ok(known);
    return err(attestationErrors.ATTESTATION_EXISTS(`${again.id} was registered with other terms.`));
  }
}

/** Checks a statement before a transaction is opened for it. */
export async function checkedStatement(value: unknown, by: Sender): Promise<Result<SignedStatement, AttestationError>> {
  const checked = await checkStatement(value);
  if (!checked.ok) return refused(checked.error.detail, '/signed');
  const { issuer } = checked.value.statement;
  if (issuer === by.organisationId) return checked;
  return refused(`The statement's issuer is ${issuer}, you act for ${by.organisationId}.`, '/signed/statement/issuer');
}

function refused(detail: string, pointer: string): Result<never, AttestationError> {
  return err(attestationErrors.ATTESTATION_STATEMENT_REFUSED(detail, { pointer }));
}

function unknown(id: string): AttestationError {
  return attestationErrors.ATTESTATION_UNKNOWN(`There is no attestation ${id} for you.`);
}
