import { z } from 'zod';
import { cursorQuery } from '@hetao/runtime';
import { queryInstant } from '../query/usage-query.dto.js';

export const newStatement = z
  .strictObject({
    agreement_id: z.string().min(1).max(64),
    from: queryInstant,
    to: queryInstant.describe('First instant after the window; it must lie behind'),
  })
  .meta({ id: 'NewUsageStatement' });

export const statementsQuery = cursorQuery.extend({ agreement_id: z.string().min(1).max(64) });

export const proofQuery = z.object({
  source: z.string().min(1).max(200).describe('source of the event'),
  event_id: z.string().min(1).max(200).describe('id of the event'),
});

const totalDto = z.object({ meter: z.string(), quantity: z.string(), events: z.int() });

export const signedStatementDto = z
  .object({
    statement: z.object({
      format: z.literal('hetao-usage-statement-v1'),
      statement_id: z.string(),
      agreement_id: z.string(),
      merchant_id: z.string(),
      buyer_id: z.string(),
      window_start: z.string(),
      window_end: z.string(),
      events: z.int(),
      root_hash: z.string().describe('Root of the RFC 9162 tree over the events'),
      totals: z.array(totalDto),
      supersedes: z.string().nullable(),
      signed_at: z.string(),
      key_id: z.string(),
    }),
    signature: z.string().describe('Compact JWS (EdDSA) over the canonical JSON of the statement'),
  })
  .meta({ id: 'SignedUsageStatement' });

export const usageProofDto = z
  .object({
    format: z.literal('hetao-usage-proof-v1'),
    signed: signedStatementDto,
    event: z.object({
      id: z.string(),
      source: z.string(),
      subject: z.string(),
      time: z.string(),
      type: z.string(),
      data: z.record(z.string(), z.unknown()),
    }),
    leaf_index: z.int(),
    path: z.array(z.string()),
  })
  .meta({ id: 'UsageInclusionProof' });

export const statementKeysDto = z
  .object({
    keys: z.array(
      z.object({ kty: z.string(), crv: z.string(), x: z.string(), kid: z.string(), alg: z.string(), use: z.string() }),
    ),
  })
  .meta({ id: 'UsageStatementKeys' });
