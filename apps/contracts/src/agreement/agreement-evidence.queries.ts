import { Inject, Injectable } from '@nestjs/common';
import { err, ok, seesEveryTenant, type Reader, type Result } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { agreementBundleForm, type AgreementBundle, type SignedDocument, type SigningKeyRecord } from '@hetao/proofs';
import { DATABASE } from '@hetao/runtime';
import { keyRecord, type SigningKey } from '../signing-key/signing-key.js';
import { agreementErrors, type AgreementError } from './agreement.errors.js';
import type { Signature } from './agreement.js';
import type { KeySignature } from './key-signature.repository.js';

/** Terms an agreement can have had, one after another, in a bundle: more than anybody renews. */
const MAX_CHAIN = 100;

const DOCUMENT = `SELECT id, document, document_hash AS "documentHash"
  FROM agreements WHERE id = $1 AND ($2 OR merchant_id = $3 OR buyer_id = $3)`;
const CONSENTS = `SELECT party, organisation_id AS "organisationId", subject, display_name AS "displayName",
    document_hash AS "documentHash", signed_at AS "signedAt"
  FROM agreement_signatures WHERE agreement_id = $1 ORDER BY signed_at, party DESC`;
const SIGNATURES = `SELECT agreement_id AS "agreementId", party, organisation_id AS "organisationId", kid, jws,
    signed_at AS "signedAt", received_at AS "receivedAt"
  FROM agreement_key_signatures WHERE agreement_id = $1 ORDER BY party DESC`;
const KEYS = `SELECT DISTINCT ON (k.kid, k.organisation_id) k.kid, k.organisation_id AS "organisationId", k.algorithm, k.jwk,
    k.valid_from AS "validFrom", k.valid_until AS "validUntil", k.revoked_at AS "revokedAt"
  FROM signing_keys k JOIN agreement_key_signatures s ON s.kid = k.kid AND s.organisation_id = k.organisation_id
  WHERE s.agreement_id = $1 AND k.valid_from IS NOT NULL ORDER BY k.kid, k.organisation_id, k.id`;

/** What stands in the text of an agreement and who is bound by it how. */
export interface AgreementEvidence {
  readonly id: string;
  readonly document: SignedDocument;
  readonly documentHash: string;
  readonly consents: readonly Signature[];
  readonly signatures: readonly KeySignature[];
  readonly keys: readonly SigningKeyRecord[];
}

/** Reads what proves an agreement, for its parties and the exchange. */
@Injectable()
export class AgreementEvidenceQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  /** The document with everything that binds to it. */
  async get(id: string, reader: Reader): Promise<Result<AgreementEvidence, AgreementError>> {
    const [text] = await this.#rows<Pick<AgreementEvidence, 'id' | 'document' | 'documentHash'>>(DOCUMENT, [
      id,
      seesEveryTenant(reader),
      reader.organisationId,
    ]);
    if (text === undefined) {
      return err(agreementErrors.AGREEMENT_UNKNOWN(`There is no agreement ${id} that you may see.`));
    }
    const consents = await this.#rows<Signature>(CONSENTS, [id]);
    const signatures = await this.#rows<KeySignature>(SIGNATURES, [id]);
    const keys = await this.#rows<SigningKey>(KEYS, [id]);
    return ok({ ...text, consents, signatures, keys: keys.flatMap((key) => keyRecord(key) ?? []) });
  }

  /**
   * Everything it takes to check the agreement without asking anybody. One that is the renewal of another binds by a
   * clause of that one, whose bundle comes with it.
   */
  async bundle(id: string, reader: Reader): Promise<Result<AgreementBundle, AgreementError>> {
    const chain: AgreementEvidence[] = [];
    for (let next: string | null = id; next !== null && chain.length < MAX_CHAIN;) {
      const evidence = await this.get(next, reader);
      if (!evidence.ok) return evidence;
      chain.push(evidence.value);
      next = renewedId(evidence.value.document);
    }
    const [first, ...rest] = chain.reverse();
    if (first === undefined) return err(agreementErrors.AGREEMENT_UNKNOWN(`There is no agreement ${id}.`));
    return ok(rest.reduce((previous, each) => bundleOf(each, previous), bundleOf(first, null)));
  }

  async #rows<R extends object>(sql: string, params: unknown[]): Promise<R[]> {
    const { rows } = await this.#database.withClient((client) => client.query<R>(sql, params));
    return rows;
  }
}

/** The agreement whose renewal clause a document rests on. */
function renewedId(document: SignedDocument): string | null {
  const supersedes = document['supersedes'] as
    { readonly agreement_id: string; readonly kind: string } | null | undefined;
  return supersedes?.kind === 'renewal' ? supersedes.agreement_id : null;
}

function bundleOf(evidence: AgreementEvidence, previous: AgreementBundle | null): AgreementBundle {
  return {
    form: agreementBundleForm,
    document: evidence.document,
    document_hash: evidence.documentHash,
    consents: evidence.consents.map(({ party, organisationId, documentHash, signedAt }) => ({
      party,
      organisation_id: organisationId,
      document_hash: documentHash,
      signed_at: signedAt.toISOString(),
    })),
    signatures: evidence.signatures.map(({ party, organisationId, jws, receivedAt }) => ({
      party,
      organisation_id: organisationId,
      jws,
      received_at: receivedAt.toISOString(),
    })),
    keys: evidence.keys,
    previous,
  };
}
