import { z } from 'zod';
import { cursorQuery } from '@hetao/runtime';
import type { Upload, UploadFault } from './upload.repository.js';

const count = z.int().nonnegative();

export const newUpload = z
  .strictObject({ name: z.string().min(1).max(200).describe('What you call the file') })
  .meta({ id: 'NewUsageUpload' });

export const uploadDto = z
  .object({
    id: z.string(),
    name: z.string(),
    state: z.enum(['open', 'completed']),
    next_offset: count.describe('Byte of the file from which the next part is to be sent'),
    lines: count.describe('Lines worked off'),
    received: count,
    accepted: count,
    duplicates: count,
    conflicts: count,
    rejected: count,
    created_at: z.string(),
    updated_at: z.string(),
  })
  .meta({ id: 'UsageUpload' });
export type UploadDto = z.infer<typeof uploadDto>;

export const uploadFaultDto = z
  .object({
    line: count.describe('Number of the line in the file, from 1'),
    id: z.string().nullable(),
    status: z.enum(['conflict', 'rejected']),
    code: z.string(),
    detail: z.string(),
    fix: z.string(),
    pointer: z.string().optional(),
  })
  .meta({ id: 'UsageUploadFault' });
export type UploadFaultDto = z.infer<typeof uploadFaultDto>;

export const uploadsQuery = cursorQuery;

export function toUploadDto(upload: Upload): UploadDto {
  return {
    id: upload.uploadId,
    name: upload.name,
    state: upload.state,
    next_offset: upload.nextOffset,
    lines: upload.lines,
    ...upload.counts,
    created_at: upload.createdAt.toISOString(),
    updated_at: upload.updatedAt.toISOString(),
  };
}

export function toFaultDto({ line, eventId, status, fault }: UploadFault): UploadFaultDto {
  return { line, id: eventId, status, ...fault };
}
