import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant } from '../shared/fields.js';
import { savedSearchTopic } from './topics.js';

export const SavedSearchMatchedV1 = defineEvent({
  type: 'hetao.catalog.saved-search-matched.v1',
  topic: savedSearchTopic,
  summary: 'A product came on the market that a search finds which somebody keeps.',
  key: (data) => data.savedSearchId,
  schema: z.object({
    savedSearchId: id,
    organisationId: id,
    /** Who keeps the search: whom to tell. */
    keptBy: id,
    productId: id,
    version: z.int().positive(),
    matchedAt: instant,
  }),
});

export type SavedSearchMatchedV1 = z.infer<typeof SavedSearchMatchedV1.schema>;
