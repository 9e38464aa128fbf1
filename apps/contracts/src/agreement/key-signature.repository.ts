import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import type { AgreementParty } from './agreement.js';
import { KeySignatureRow } from './key-signature.entity.js';

/** A party's signature with a key of its own, over the document of an agreement. Times are instants (UTC). */
export interface KeySignature {
  readonly agreementId: string;
  readonly party: AgreementParty;
  readonly organisationId: string;
  /** Thumbprint of the key. */
  readonly kid: string;
  /** Detached JWS (RFC 7515 appendix F, RFC 7797). */
  readonly jws: string;
  /** When the signer says he signed. */
  readonly signedAt: Date;
  readonly receivedAt: Date;
}

/** Keeps the signatures made with keys; what is written stays as it is. */
@Injectable()
export class KeySignatureRepository {
  find(tx: Tx, agreementId: string, party: AgreementParty): Promise<KeySignature | null> {
    return tx.manager.findOneBy(KeySignatureRow, { agreementId, party });
  }

  async insert(tx: Tx, signature: KeySignature): Promise<void> {
    await tx.manager.insert(KeySignatureRow, signature);
  }
}
