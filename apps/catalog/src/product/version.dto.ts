import { z } from 'zod';
import { pageOf } from '@hetao/runtime';
import type { SchemaChange } from '../review/schema-diff.js';

export const versionDto = z
  .object({
    version: z.int(),
    breaking: z.boolean().describe('Whether programs written for the version before can fail on it'),
    announced_at: z.iso.datetime(),
    effective_at: z.iso.datetime(),
    changes: z.array(
      z.object({
        column: z.string(),
        change: z.enum(['added', 'removed', 'type', 'unit', 'nullable', 'tags']),
        before: z.string().nullable(),
        after: z.string().nullable(),
        breaking: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'ProductVersion' });
export type VersionDto = z.output<typeof versionDto>;

export const versionPageDto = pageOf(versionDto).meta({ id: 'ProductVersionPage' });

/** A version as it is kept. */
export interface KeptVersion {
  readonly version: number;
  readonly breaking: boolean;
  readonly announcedAt: Date;
  readonly effectiveAt: Date;
  readonly changes: readonly SchemaChange[];
}

/** Renders a version. */
export function toVersionDto({ version, breaking, announcedAt, effectiveAt, changes }: KeptVersion): VersionDto {
  return {
    version,
    breaking,
    announced_at: announcedAt.toISOString(),
    effective_at: effectiveAt.toISOString(),
    changes: changes.map((change) => ({ ...change })),
  };
}
