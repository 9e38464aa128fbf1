import { instant } from '@hetao/runtime';
import { z } from 'zod';
import type { RecordingPage } from './recording.queries.js';

export const checkpointsDto = z
  .object({
    data: z.array(
      z.object({
        session: z.string(),
        number: z.int(),
        records: z.int(),
        bytes: z.int(),
        hash: z.string(),
        at: instant,
        closed: z.boolean(),
        signature: z.string(),
      }),
    ),
  })
  .meta({ id: 'RecordingCheckpoints' });

export const verdictDto = z
  .object({
    intact: z.boolean(),
    faults: z.array(z.string()),
    records: z.int(),
    checkpoints: z.int(),
    longest_gap_seconds: z.number(),
  })
  .meta({ id: 'RecordingVerdict' });

export const recordingQuery = z.object({ after: z.coerce.number().int().min(0).max(0xffff_ffff).default(0) });

export const recordingPageDto = z
  .object({
    data: z.array(
      z.object({
        number: z.int(),
        at: instant,
        /** What was shown; null where the entry tells what happened. */
        tiles: z.array(z.object({ index: z.int(), jpeg_base64: z.string() })).nullable(),
        event: z.record(z.string(), z.unknown()).nullable(),
      }),
    ),
    next: z.int().nullable(),
  })
  .meta({ id: 'RecordingPage' });

export function toRecordingPageDto({ entries, next }: RecordingPage): z.output<typeof recordingPageDto> {
  const data = entries.map(({ number, atMs, frame, event }) => ({
    number,
    at: new Date(atMs).toISOString(),
    tiles: frame?.tiles.map(({ index, jpeg }) => ({ index, jpeg_base64: jpeg.toString('base64') })) ?? null,
    event: event as Record<string, unknown> | null,
  }));
  return { data, next };
}
