import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DomainException, unwrap } from '@hetao/kernel';
import {
  afterCursor,
  Allow,
  Caller,
  cursorPage,
  everyone,
  idParam,
  Repeatable,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import type { z } from 'zod';
import { SavedSearchQueries } from './saved-search.queries.js';
import {
  alertPageDto,
  newSavedSearchDto,
  savedSearchDto,
  savedSearchPageDto,
  savedSearchQueryDto,
  toSavedSearchDto,
  type AlertDto,
  type NewSavedSearchDto,
  type SavedSearchDto,
} from './saved-search.dto.js';
import { savedSearchErrors } from './saved-search.errors.js';
import { KeepSearches } from './saved-search.use-cases.js';

type PageQuery = z.output<typeof savedSearchQueryDto>;

/** Searches a person keeps, and what has come on the market since that they find. */
@ApiTags('saved searches')
@Controller('v1/saved-searches')
@Allow(...everyone)
export class SavedSearchController {
  readonly #keep: KeepSearches;
  readonly #searches: SavedSearchQueries;

  constructor(keep: KeepSearches, searches: SavedSearchQueries) {
    this.#keep = keep;
    this.#searches = searches;
  }

  @Post()
  @Repeatable()
  @ApiOperation({ summary: 'Keep a search; you are told of every product that comes to be found by it' })
  @ApiCreatedResponse({ standardSchema: savedSearchDto })
  async saveSearch(
    @Body({ schema: newSavedSearchDto }) body: NewSavedSearchDto,
    @Caller() caller: CallerIdentity,
  ): Promise<SavedSearchDto> {
    return toSavedSearchDto(unwrap(await this.#keep.save(caller, body)));
  }

  @Get()
  @ApiOperation({ summary: 'Your saved searches, newest first' })
  @ApiOkResponse({ standardSchema: savedSearchPageDto })
  async listSavedSearches(
    @Query({ schema: savedSearchQueryDto }) { limit, cursor }: PageQuery,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<SavedSearchDto>> {
    const before = afterCursor(cursor)?.[0];
    const rows = await this.#searches.list(caller, before === undefined ? null : String(before), limit + 1);
    const page = cursorPage(rows, limit, ({ id }) => [id]);
    return { ...page, data: page.data.map(toSavedSearchDto) };
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Keep a search no longer' })
  @ApiNoContentResponse()
  async forgetSearch(@Param('id', idParam('srch')) id: string, @Caller() caller: CallerIdentity): Promise<void> {
    unwrap(await this.#keep.forget(id, caller));
  }

  @Get(':id/alerts')
  @ApiOperation({ summary: 'What has come on the market that the search finds, newest first' })
  @ApiOkResponse({ standardSchema: alertPageDto })
  async listSearchAlerts(
    @Param('id', idParam('srch')) id: string,
    @Query({ schema: savedSearchQueryDto }) { limit, cursor }: PageQuery,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<AlertDto>> {
    const after = afterCursor(cursor, { id });
    const before = after && ([String(after[0]), String(after[1])] as const);
    const rows = await this.#searches.alerts({ ...caller, id }, before ?? null, limit + 1);
    if (rows === undefined)
      throw new DomainException(savedSearchErrors.SAVED_SEARCH_UNKNOWN(`You keep no search ${id}.`));
    const page = cursorPage(rows, limit, ({ at, productId }) => [at.toISOString(), productId], { id });
    const data = page.data.map(({ productId, productVersion, at }) => ({
      ...{ product_id: productId, product_version: productVersion },
      at: at.toISOString(),
    }));
    return { ...page, data };
  }
}
