import type { SandboxJobReceipt, TrainingRun } from '@hetao/client';
import { documentHash, verifyDocumentHash, type PublicKeyJwk } from '@hetao/proofs';

/** A run is certified with its end; one that used nothing leaves nothing to certify. */
export function isCertified({ state, used }: Pick<TrainingRun, 'state' | 'used'>): boolean {
  return CERTIFIED.includes(state) && used.vcpu_seconds > 0;
}

const CERTIFIED: readonly TrainingRun['state'][] = ['completed', 'budget_exhausted', 'aborted'];

/** Whether a certificate is what the sandbox signed: worked out here, from the document and the sandbox's public key. */
export async function holds(
  { document, hash, signature }: Omit<SandboxJobReceipt, 'position'>,
  key: PublicKeyJwk,
): Promise<boolean> {
  return documentHash(document) === hash && (await verifyDocumentHash(hash, signature, key));
}

/** What a certificate says that people look at first; null where it says nothing. */
export interface CertificateFacts {
  readonly issuedAt: string | null;
  readonly isolation: string | null;
  readonly dataHash: string | null;
  readonly agreementId: string | null;
  readonly basis: { readonly kind: string; readonly reference: string } | null;
}

/** Reads a certificate, which is written for machines. */
export function certificateFacts(document: SandboxJobReceipt['document']): CertificateFacts {
  const basis = document['legal_basis'];
  const [kind, reference] =
    typeof basis === 'object' && basis !== null ? [textIn(basis, 'kind'), textIn(basis, 'reference')] : [];
  return {
    issuedAt: textIn(document, 'issued_at'),
    isolation: textIn(document, 'isolation_level'),
    dataHash: textIn(document, 'dataset_hash'),
    agreementId: textIn(document, 'agreement_id'),
    basis: kind && reference ? { kind, reference } : null,
  };
}

function textIn(part: object, name: string): string | null {
  const value: unknown = Object.entries(part).find(([key]) => key === name)?.[1];
  return typeof value === 'string' ? value : null;
}
