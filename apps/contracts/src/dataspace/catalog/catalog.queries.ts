import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { err, ok, type Clock, type Result } from '@hetao/kernel';
import { CLOCK, LOGGER, SERVICE_CONFIG } from '@hetao/runtime';
import type { DataspaceConfig } from '../dataspace.config.js';
import { dataspaceErrors, type DataspaceError } from '../dataspace.errors.js';
import type { Peer } from '../peer/peer.js';
import type { WireMessage } from '../wire/context.js';
import { idOf } from '../wire/ids.js';
import type { CatalogFilter } from './catalog-filter.js';
import { readPlace, writePlace } from './catalog-place.js';
import { CatalogRepository } from './catalog.repository.js';
import { catalogMessage, datasetMessage } from './catalog.wire.js';

/** Large, since some connectors ask once and follow no links. */
const DEFAULT_PAGE = 500;
const MAX_PAGE = 10_000;

/** A page of a catalog, with where the pages around it begin. */
export interface CatalogAnswer {
  readonly catalog: WireMessage;
  readonly next: string | null;
  readonly previous: string | null;
}

/** Reads the catalog as one peer may see it. */
@Injectable()
export class CatalogQueries {
  readonly #entries: CatalogRepository;
  readonly #config: DataspaceConfig;
  readonly #clock: Clock;
  readonly #logger: Logger;

  constructor(
    entries: CatalogRepository,
    @Inject(SERVICE_CONFIG) config: DataspaceConfig,
    @Inject(CLOCK) clock: Clock,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.#entries = entries;
    this.#config = config;
    this.#clock = clock;
    this.#logger = logger;
  }

  /** @param token where the page begins, as an earlier answer said; null for the first. */
  async catalog(
    filter: CatalogFilter,
    token: string | null,
    peer: Peer,
  ): Promise<Result<CatalogAnswer, DataspaceError>> {
    const { ignored, criteria } = filter;
    if (ignored.length > 0)
      this.#logger.warn({ peer: peer.id, ignored }, 'A catalog was asked for with unknown criteria');
    const place = token === null ? null : readPlace(token);
    if (place === undefined) {
      return err(
        dataspaceErrors.DSP_BAD_MESSAGE('The continuationToken is none of ours; follow a link as it was given.'),
      );
    }
    const limit = Math.min(filter.limit ?? DEFAULT_PAGE, MAX_PAGE);
    // Backwards is the other order from the other end.
    const isBack = place?.back === true;
    const found = await this.#entries.page({
      organisationId: peer.organisationId,
      now: this.#clock.now(),
      criteria,
      after: place?.id ?? null,
      descending: filter.descending !== isBack,
      offset: place === null ? filter.offset : 0,
      limit: limit + 1,
    });
    const more = found.length > limit;
    const entries = isBack ? found.slice(0, limit).reverse() : found.slice(0, limit);
    const [first, last] = [entries[0], entries.at(-1)];
    const goesOn = isBack || more;
    const cameFrom = isBack ? more : place !== null || filter.offset > 0;
    return ok({
      catalog: catalogMessage(this.#config, entries),
      next: goesOn && last !== undefined ? writePlace({ id: last.productId, back: false }) : null,
      previous: cameFrom && first !== undefined ? writePlace({ id: first.productId, back: true }) : null,
    });
  }

  async dataset(iri: string, peer: Peer): Promise<Result<WireMessage, DataspaceError>> {
    const entry = await this.#entries.one(idOf(iri), peer.organisationId, this.#clock.now());
    if (entry !== undefined) return ok(datasetMessage(this.#config, entry));
    return err(dataspaceErrors.DSP_UNKNOWN_DATASET(`There is no dataset ${iri} that you may see.`));
  }
}
