import { cursorQuery, pageOf } from '@hetao/runtime';
import { z } from 'zod';

const hash = z.string().describe('SHA-256, 64 hexadecimal digits');

const row = z.object({
  transaction_id: z.string(),
  idempotency_key: z.string(),
  payload_hash: hash,
  rules: z.string(),
  movement: z.string(),
  period: z.string().nullable(),
  reference: z.object({ kind: z.string(), id: z.string() }),
  effective_at: z.string(),
  recorded_at: z.string(),
  entries: z.array(
    z.object({
      account_id: z.string(),
      owner: z.string(),
      kind: z.string(),
      currency: z.string(),
      leg: z.int(),
      version: z.int(),
      amount_minor: z.string().describe('Signed minor units, debits positive'),
      balance_minor: z.string(),
    }),
  ),
});

const segment = z.object({
  no: z.int(),
  first_sequence: z.int(),
  last_sequence: z.int(),
  rows_root: hash,
  last_row: hash,
  previous: hash,
  sealed_at: z.string(),
});

export const chainHeadDto = z
  .object({
    segments: z.int(),
    root: hash.nullable().describe('Root over all segments: keep it, and every proof must lead to one you keep'),
    hash: hash.nullable().describe('Hash of the last segment'),
    sequence: z.int().describe('How many transactions are sealed'),
    sealed_at: z.string().nullable(),
    unsealed: z.int().describe('Batches that wait to be sealed'),
  })
  .meta({ id: 'LedgerChainHead' });
export type ChainHeadDto = z.output<typeof chainHeadDto>;

export const segmentQueryDto = cursorQuery;
export type SegmentQueryDto = z.output<typeof segmentQueryDto>;
export const segmentDto = segment.extend({ hash, root: hash }).meta({ id: 'LedgerSegment' });
export type SegmentDto = z.output<typeof segmentDto>;
export const segmentPageDto = pageOf(segmentDto).meta({ id: 'LedgerSegmentPage' });

export const chainRowQueryDto = cursorQuery.extend({
  after: z.coerce.number().int().min(0).default(0).describe('Rows after this sequence'),
});
export type ChainRowQueryDto = z.output<typeof chainRowQueryDto>;
export const chainRowDto = z
  .object({ sequence: z.int(), previous: hash, hash, segment: z.int(), row })
  .meta({ id: 'LedgerChainRow' });
export type ChainRowDto = z.output<typeof chainRowDto>;
export const chainRowPageDto = pageOf(chainRowDto).meta({ id: 'LedgerChainRowPage' });

export const ledgerProofDto = z
  .object({
    form: z.literal('hetao-ledger-1'),
    row,
    sequence: z.int(),
    previous: hash,
    hash,
    row_path: z.array(hash),
    segment,
    segment_path: z.array(hash),
    head: z.object({ segments: z.int(), root: hash }),
  })
  .meta({ id: 'LedgerProof' });
