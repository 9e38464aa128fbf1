import { z } from 'zod';
import { cursorQuery, pageOf } from '@hetao/runtime';
import { declarationDto } from '../declaration/declaration.dto.js';
import { declarationTransitions } from '../declaration/declaration.js';
import { dateDto } from '../shared/text.dto.js';

export const boardQuery = cursorQuery.extend({
  status: z.enum(declarationTransitions.states).optional(),
  due_until: dateDto.optional().describe('Only what is due until that day'),
  held: z.stringbool().optional(),
  least_score: z.coerce.number().int().min(0).max(1_000_000).optional(),
});
export type BoardQuery = z.output<typeof boardQuery>;

export const boardEntryDto = declarationDto
  .extend({
    holds: z.int().describe('How many holds stand'),
    risk: z
      .object({
        score: z.int(),
        reasons: z.array(z.object({ rule: z.string(), points: z.int(), evidence: z.array(z.string()) })),
      })
      .nullable()
      .describe('Null until it was scored, within seconds of being handed in'),
  })
  .meta({ id: 'BoardEntry' });
export type BoardEntryDto = z.output<typeof boardEntryDto>;
export const boardPageDto = pageOf(boardEntryDto).meta({ id: 'BoardPage' });

const unreleasedDto = z.object({
  delivery_id: z.string(),
  agreement_id: z.string(),
  exporter_id: z.string(),
  year: z.int(),
  general: z.int(),
  sensitive: z.int(),
  at: z.iso.datetime(),
});
export type UnreleasedDto = z.output<typeof unreleasedDto>;
export const unreleasedPageDto = pageOf(unreleasedDto).meta({ id: 'UnreleasedDeliveryPage' });
