import { cursorQuery, idSchema, pageOf } from '@hetao/runtime';
import { z } from 'zod';
import type { SignedManifest } from './manifest.js';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits');

export const manifestDraftDto = z
  .strictObject({
    agreement_id: idSchema('agr'),
    path: z.string().min(1).max(1000).describe('As behind /v1/deliveries/{agreement_id}: `/files/2026.parquet`'),
    purpose: z.string().min(1).max(100).optional().describe('May be left away where the licence has one purpose'),
  })
  .meta({ id: 'DeliveryManifestDraft' });
export type ManifestDraftDto = z.output<typeof manifestDraftDto>;

export const manifestQuery = cursorQuery.extend({
  agreement_id: idSchema('agr').optional(),
  sha256: sha256.optional().describe('Of a whole file: to whom these bytes were given'),
});
export type ManifestQuery = z.output<typeof manifestQuery>;

export const manifestDto = z
  .object({
    id: z.string(),
    agreement_id: z.string(),
    product_id: z.string(),
    merchant_id: z.string(),
    recipient_id: z.string().describe('To whom the file is given'),
    purpose: z.string(),
    path: z.string(),
    size: z.int().describe('In bytes'),
    sha256,
    piece_length: z.int().describe('Bytes of every piece but the last'),
    pieces: z.array(sha256).describe('SHA-256 of each piece, in order'),
    etag: z.string().nullable().describe('For If-Range, where the merchant’s service says one'),
    media_type: z.string().nullable(),
    issued_at: z.iso.datetime(),
    jws: z
      .string()
      .describe('All of this, signed by the exchange: JWS (RFC 7515), EdDSA; its key is in /v1/delivery-keys'),
  })
  .meta({ id: 'DeliveryManifest' });
export type ManifestDto = z.output<typeof manifestDto>;
export const manifestPageDto = pageOf(manifestDto).meta({ id: 'DeliveryManifestPage' });

export function toManifestDto({ file, issuedAt, ...manifest }: SignedManifest): ManifestDto {
  const { id, agreementId, productId, merchantId, buyerId, purpose, path, jws } = manifest;
  const { size, sha256, pieceLength, pieces, etag, mediaType } = file;
  return {
    ...{ id, agreement_id: agreementId, product_id: productId, merchant_id: merchantId, recipient_id: buyerId },
    ...{ purpose, path, size, sha256, piece_length: pieceLength, pieces: [...pieces], etag, media_type: mediaType },
    ...{ issued_at: issuedAt.toISOString(), jws },
  };
}
