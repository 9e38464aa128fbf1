import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { openReceipt, statementIn } from '@hetao/proofs';
import { IssuerKeyRepository } from '../issuer/issuer-key.repository.js';
import { LogQueries } from '../log/log.queries.js';
import { isAccused } from '../log/log.repository.js';
import { LogSigner } from '../log/log.signer.js';
import { AttestationRepository } from '../registration/attestation.repository.js';
import { stateOf } from '../registration/attestation.js';
import type { Evidence, KnownAttestation } from './verification.js';

/** Gathers what an outcome follows from. */
@Injectable()
export class EvidenceQueries {
  readonly #attestations: AttestationRepository;
  readonly #keys: IssuerKeyRepository;
  readonly #log: LogQueries;
  readonly #signer: LogSigner;

  constructor(attestations: AttestationRepository, keys: IssuerKeyRepository, log: LogQueries, signer: LogSigner) {
    this.#attestations = attestations;
    this.#keys = keys;
    this.#log = log;
    this.#signer = signer;
  }

  /** Whether the receipt holds by itself, and whether the log is still the one that gave it. */
  async receipt(receipt: unknown, attestationId: string): Promise<Evidence['receipt']> {
    if (receipt === undefined) return 'absent';
    const opened = await openReceipt(receipt, this.#signer.trust);
    if (!opened.ok) return 'invalid';
    const signed = await statementIn(opened.value.entry);
    // A good receipt of another attestation is no receipt of this one.
    if (!signed.ok || signed.value.statement.status_ref !== attestationId) return 'invalid';
    const { size, root } = opened.value.checkpoint;
    return (await this.#log.had(size, root)) ? 'good' : 'inconsistent';
  }

  async attestation(tx: Tx, id: string, at: Date): Promise<KnownAttestation | null> {
    const found = await this.#attestations.find(tx, id);
    if (found === null) return null;
    const key = await this.#keys.byKey(tx, found.keyX);
    const { commitment, holderId, validFrom } = found;
    return { commitment, holderId, validFrom, state: stateOf(found, at), issuerTrusted: key?.status === 'trusted' };
  }

  /** True while an alarm about this node's own log stands. */
  logSuspect(tx: Tx): Promise<boolean> {
    return isAccused(tx, this.#signer.origin);
  }
}
