import { z } from 'zod';
import { cursorQuery, pageOf, text } from '@hetao/runtime';
import { searchCriteria, type SearchCriteria } from '../search/search.dto.js';

const criteriaDto = z
  .strictObject(searchCriteria)
  .refine((criteria) => Object.values(criteria).some((value) => value !== undefined), 'must name words or a facet')
  .meta({ id: 'SearchCriteria' });

export const newSavedSearchDto = z
  .strictObject({ name: text(100), criteria: criteriaDto.describe('As the parameters of GET /v1/products') })
  .meta({ id: 'NewSavedSearch' });
export type NewSavedSearchDto = z.output<typeof newSavedSearchDto>;

export const savedSearchDto = z
  .object({
    id: z.string(),
    name: z.string(),
    criteria: criteriaDto,
    created_at: z.iso.datetime(),
    alerts: z.int().nonnegative(),
  })
  .meta({ id: 'SavedSearch' });
export type SavedSearchDto = z.output<typeof savedSearchDto>;

export const savedSearchPageDto = pageOf(savedSearchDto).meta({ id: 'SavedSearchPage' });

export const alertDto = z
  .object({ product_id: z.string(), product_version: z.int().positive(), at: z.iso.datetime() })
  .meta({ id: 'SearchAlert' });
export type AlertDto = z.output<typeof alertDto>;
export const alertPageDto = pageOf(alertDto).meta({ id: 'SearchAlertPage' });
export const savedSearchQueryDto = cursorQuery;

/** A saved search, as it is kept. */
export interface SavedSearch {
  readonly id: string;
  readonly organisationId: string;
  readonly subject: string;
  readonly name: string;
  readonly criteria: SearchCriteria;
  readonly createdAt: Date;
  readonly alerts: number;
}

export function toSavedSearchDto({ id, name, criteria, createdAt, alerts }: SavedSearch): SavedSearchDto {
  return { id, name, criteria, alerts, created_at: createdAt.toISOString() };
}
