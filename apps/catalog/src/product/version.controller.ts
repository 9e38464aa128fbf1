import { Controller, Get, Param, Post, Query, Res, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { unwrap } from '@hetao/kernel';
import {
  Allow,
  Caller,
  cursorQuery,
  everyone,
  Idempotent,
  idParam,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import type { z } from 'zod';
import { RevisionEtag } from '../shared/revision-etag.interceptor.js';
import { NextVersion } from './next-version.use-cases.js';
import { productDto, toProductDto, type ProductDto } from './product.dto.js';
import { ProductQueries } from './product.queries.js';
import {
  versionContentDto,
  versionNumber,
  versionPageDto,
  type VersionContentDto,
  type VersionDto,
} from './version.dto.js';
import { VersionQueries } from './version.queries.js';
import { AsksOfTeam } from '../team/team-role.interceptor.js';

/** Versions of a product: what was, what is, and what is announced. */
@ApiTags('products')
@Controller('v1/products/:id/versions')
@UseInterceptors(RevisionEtag)
export class VersionController {
  readonly #next: NextVersion;
  readonly #products: ProductQueries;
  readonly #versions: VersionQueries;

  constructor(next: NextVersion, products: ProductQueries, versions: VersionQueries) {
    this.#next = next;
    this.#products = products;
    this.#versions = versions;
  }

  /** Begins the next version of a listed product: a draft of its own, reviewed like any other. */
  @Post()
  @Allow('merchant')
  @AsksOfTeam('edit_listing')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: productDto })
  async draftNextVersion(
    @Param('id', idParam('prd')) id: string,
    @Caller() caller: CallerIdentity,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProductDto> {
    const next = unwrap(await this.#next.draft(id, caller));
    void reply.header('location', `/v1/products/${next.id}`);
    return toProductDto(next);
  }

  @Get()
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: versionPageDto })
  async listProductVersions(
    @Param('id', idParam('prd')) id: string,
    @Query({ schema: cursorQuery }) page: z.output<typeof cursorQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<VersionDto>> {
    unwrap(await this.#products.get(id, caller));
    return this.#versions.of(id, page);
  }

  @Get(':version')
  @Allow(...everyone)
  @ApiOperation({ summary: 'What a version said: for whoever bought it' })
  @ApiOkResponse({ standardSchema: versionContentDto })
  async getProductVersion(
    @Param('id', idParam('prd')) id: string,
    @Param('version', { schema: versionNumber }) version: number,
    @Caller() caller: CallerIdentity,
  ): Promise<VersionContentDto> {
    unwrap(await this.#products.get(id, caller));
    return unwrap(await this.#versions.get(id, version));
  }
}
