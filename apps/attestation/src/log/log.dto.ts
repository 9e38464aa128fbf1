import { z } from 'zod';

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits');
const size = z
  .string()
  .regex(/^(0|[1-9]\d{0,14})$/, 'must be a whole number')
  .transform(Number);

export const inclusionQuery = z
  .strictObject({ leaf_index: size.optional(), leaf_hash: hash.optional(), tree_size: size.optional() })
  .refine(({ leaf_index, leaf_hash }) => (leaf_index === undefined) !== (leaf_hash === undefined), {
    message: 'give either leaf_index or leaf_hash',
    path: ['leaf_index'],
  });
export type InclusionQuery = z.output<typeof inclusionQuery>;

export const consistencyQuery = z.strictObject({ from: size, to: size.optional() });
export type ConsistencyQuery = z.output<typeof consistencyQuery>;

export const inclusionDto = z
  .object({ leaf_index: z.int(), tree_size: z.int(), path: z.array(hash).describe('From the leaf upwards') })
  .meta({ id: 'InclusionProof' });

export const consistencyDto = z
  .object({ from: z.int(), to: z.int(), path: z.array(hash) })
  .meta({ id: 'ConsistencyProof' });

export const logKeysDto = z
  .object({
    origin: z.string(),
    log_key: z.string().describe('C2SP signed-note key line: signs checkpoints of this log'),
    witness_key: z.string().describe('C2SP signed-note key line: signs checkpoints of the other node'),
  })
  .meta({ id: 'LogKeys' });

export const pulseDto = z
  .object({
    minute: z.iso.datetime().describe('The beginning of the last minute that is over'),
    appended: z.int().describe('Entries that came into the log in that minute'),
    log_size: z.int().describe('Entries at its end'),
    root_hash: hash.describe('Of the log at its end: compare it with the tiles, or by a consistency proof'),
  })
  .meta({ id: 'LogPulse' });
export type PulseDto = z.output<typeof pulseDto>;

export const receiptDto = z
  .object({
    format: z.literal('hetao-receipt-v1'),
    entry: z.string().describe('The logged entry to the byte: canonical JSON'),
    leaf_index: z.int(),
    path: z.array(hash),
    checkpoint: z.string().describe('C2SP signed note'),
  })
  .meta({ id: 'LogReceipt' });

export const receiptQuery = z.strictObject({
  witnessed: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')
    .describe('Only under a checkpoint that the other node signed too'),
});
export type ReceiptQuery = z.output<typeof receiptQuery>;
