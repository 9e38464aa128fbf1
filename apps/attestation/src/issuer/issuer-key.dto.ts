import { z } from 'zod';
import type { IssuerKey } from './issuer-key.js';

export const publicKeyDto = z
  .strictObject({
    kty: z.literal('OKP'),
    crv: z.literal('Ed25519'),
    x: z.string().regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/, 'must be 32 bytes in base64url'),
  })
  .meta({ id: 'Ed25519PublicKey' });
export const newKeyDto = z.strictObject({ public_key: publicKeyDto }).meta({ id: 'NewIssuerKey' });
export const issuerKeyDto = z
  .object({
    id: z.string(),
    issuer: z.string(),
    public_key: publicKeyDto,
    status: z.enum(['proposed', 'trusted', 'distrusted']),
  })
  .meta({ id: 'IssuerKey' });
export type IssuerKeyDto = z.output<typeof issuerKeyDto>;

/** Renders a key. */
export function toIssuerKeyDto({ id, issuer, x, status }: IssuerKey): IssuerKeyDto {
  return { id, issuer, public_key: { kty: 'OKP', crv: 'Ed25519', x }, status };
}
