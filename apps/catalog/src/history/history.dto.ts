import { z } from 'zod';
import { pageOf } from '@hetao/runtime';

export const historyDto = z
  .object({
    revision: z.int().describe('Revision the change led to'),
    command: z.string(),
    status_from: z.string().nullable(),
    status_to: z.string(),
    at: z.iso.datetime(),
    by: z.object({ subject: z.string(), organisation_id: z.string() }),
    reason: z.string().nullable(),
  })
  .meta({ id: 'CatalogHistoryEntry' });
export type HistoryDto = z.output<typeof historyDto>;

export const historyPageDto = pageOf(historyDto).meta({ id: 'CatalogHistoryPage' });
