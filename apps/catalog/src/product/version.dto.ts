import { z } from 'zod';
import { pageOf } from '@hetao/runtime';
import { productDto } from './product.dto.js';
import type { SchemaChange } from '../review/schema-diff.js';

const MAX_VERSION = 1_000_000;
/** Which version a path names. */
export const versionNumber = z.coerce.number().int().positive().max(MAX_VERSION);

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

export const versionContentDto = versionDto
  .extend({
    content: productDto
      .pick({
        ...{ name: true, description: true, kind: true, languages: true, stored_in: true, subjects_in: true },
        ...{ fields: true, gene_use: true, card: true },
      })
      .describe('The names, the dictionary and the card as they were; as they will be, of a version that is announced'),
  })
  .meta({ id: 'ProductVersionContent' });
export type VersionContentDto = z.output<typeof versionContentDto>;

export const versionPageDto = pageOf(versionDto).meta({ id: 'ProductVersionPage' });

/** A version as it is kept. */
export interface KeptVersion {
  readonly version: number;
  readonly breaking: boolean;
  readonly announcedAt: Date;
  readonly effectiveAt: Date;
  readonly changes: readonly SchemaChange[];
}

/** A version with what it said, kept as the API showed it then. */
export interface KeptContent extends KeptVersion {
  readonly content: VersionContentDto['content'];
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
