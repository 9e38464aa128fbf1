import { Inject, Injectable } from '@nestjs/common';
import { SavedSearchMatchedV1 } from '@hetao/events';
import { err, newId, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { toNarrowing } from '../search/search.dto.js';
import { SearchQueries } from '../search/search.queries.js';
import type { NewSavedSearchDto, SavedSearch } from './saved-search.dto.js';
import { savedSearchErrors, type SavedSearchError } from './saved-search.errors.js';
import { SavedSearchRepository } from './saved-search.repository.js';

/** Whose search it is. */
export interface Owner {
  readonly organisationId: string;
  readonly subject: string;
}

/** A product that came on the market, in this version. */
export interface ListedProduct {
  readonly productId: string;
  readonly version: number;
}

const MAX_SEARCHES = 50;
/** Searches that are held against a product at once. */
const BATCH = 200;

/** Keeps searches, and tells their owners of what comes on the market. */
@Injectable()
export class KeepSearches {
  readonly #uow: UnitOfWork;
  readonly #searches: SavedSearchRepository;
  readonly #queries: SearchQueries;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, searches: SavedSearchRepository, queries: SearchQueries, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#searches = searches;
    this.#queries = queries;
    this.#clock = clock;
  }

  save(
    { organisationId, subject }: Owner,
    { name, criteria }: NewSavedSearchDto,
  ): Promise<Result<SavedSearch, SavedSearchError>> {
    return this.#uow.runResult(async (tx) => {
      const search = { id: newId('srch'), organisationId, subject, name, criteria, createdAt: this.#clock.now() };
      if (await this.#searches.add(tx, search, MAX_SEARCHES)) return ok({ ...search, alerts: 0 });
      return err(savedSearchErrors.SAVED_SEARCH_TOO_MANY(`One may keep ${MAX_SEARCHES}.`));
    });
  }

  forget(id: string, { organisationId, subject }: Owner): Promise<Result<null, SavedSearchError>> {
    return this.#uow.runResult(async (tx) => {
      if (await this.#searches.remove(tx, id, organisationId, subject)) return ok(null);
      return err(savedSearchErrors.SAVED_SEARCH_UNKNOWN(`You keep no search ${id}.`));
    });
  }

  /** Tells everybody whose search finds the product; once a version, however often it is listed. */
  async tell(tx: Tx, { productId, version }: ListedProduct): Promise<void> {
    const at = this.#clock.now();
    for (let after = '', size = BATCH; size === BATCH;) {
      const searches = await this.#searches.batch(tx, after, BATCH);
      for (const { id, organisationId, subject } of await this.#queries.whichFind(productId, searches.map(toSought))) {
        if (!(await this.#searches.alert(tx, id, { productId, productVersion: version, at }))) continue;
        tx.append(SavedSearchMatchedV1, {
          savedSearchId: id,
          organisationId,
          keptBy: subject,
          productId,
          version,
          matchedAt: at.toISOString(),
        });
      }
      after = searches.at(-1)?.id ?? '';
      size = searches.length;
    }
  }
}

function toSought(search: SavedSearch) {
  const { organisationId, criteria } = search;
  const reader = { organisationId, personas: [], via: 'session' };
  return { ...search, reader, question: criteria.q ?? '', narrowing: toNarrowing(criteria) };
}
