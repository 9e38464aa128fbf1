import type { AgreementDetail } from '@hetao/client';
import { canonicalJson } from '@hetao/kernel';

/** The bytes both sides sign the hash of: canonical JSON (RFC 8785) of the document, in UTF-8. */
export function signedBytes(document: AgreementDetail['document']): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(canonicalJson(document));
}

/** SHA-256 in lower-case hexadecimal, computed here: whoever signs trusts no hash of somebody else's. */
export async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** As which side an organisation may still sign; undefined where it may not, or has. */
export function sideToSign(
  agreement: Pick<AgreementDetail, 'status' | 'signatures' | 'merchant_id' | 'buyer_id'>,
  organisationId: string,
): 'merchant' | 'buyer' | undefined {
  if (agreement.status !== 'awaiting_signatures') return undefined;
  const side =
    agreement.buyer_id === organisationId ? 'buyer' : agreement.merchant_id === organisationId ? 'merchant' : undefined;
  return side !== undefined && !agreement.signatures.some(({ party }) => party === side) ? side : undefined;
}

/** Whether a licence that both sides signed gives access only once digital customs releases it. */
export function waitsForRelease({ status, release }: Pick<AgreementDetail, 'status' | 'release'>): boolean {
  return release !== null && (status === 'concluded' || status === 'in_force');
}
