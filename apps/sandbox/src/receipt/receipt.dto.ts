import { z } from 'zod';

export const receiptDto = z
  .object({ position: z.int(), document: z.record(z.string(), z.unknown()), hash: z.string(), signature: z.string() })
  .meta({ id: 'SandboxJobReceipt' });
export const receiptKeyDto = z
  .object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string() })
  .meta({ id: 'SandboxReceiptKey' });
