import { Body, Controller, Get, Param, Patch, Post, Query, Res, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { seesTenant, unwrap } from '@hetao/kernel';
import {
  Allow,
  Caller,
  cursorQuery,
  everyone,
  Idempotent,
  idParam,
  IfMatch,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import type { z } from 'zod';
import { historyPageDto, type HistoryDto } from '../history/history.dto.js';
import { HistoryQueries } from '../history/history.queries.js';
import {
  productDraftDto,
  productDto,
  productRevisionDto,
  toChanges,
  toDraft,
  toProductDto,
  type ProductDraftDto,
  type ProductDto,
  type ProductRevisionDto,
} from './product.dto.js';
import { productErrors } from './product.errors.js';
import { ProductQueries } from './product.queries.js';
import { DraftProduct, ReviseProduct } from './product.use-cases.js';
import { RevisionEtag } from '../shared/revision-etag.interceptor.js';
import { AsksOfTeam } from '../team/team-role.interceptor.js';

/** Data products: what merchants write, and what everybody reads. */
@ApiTags('products')
@Controller('v1/products')
@UseInterceptors(RevisionEtag)
export class ProductController {
  readonly #draft: DraftProduct;
  readonly #revise: ReviseProduct;
  readonly #products: ProductQueries;
  readonly #history: HistoryQueries;

  constructor(draft: DraftProduct, revise: ReviseProduct, products: ProductQueries, history: HistoryQueries) {
    this.#draft = draft;
    this.#revise = revise;
    this.#products = products;
    this.#history = history;
  }

  @Post()
  @Allow('merchant')
  @AsksOfTeam('edit_listing')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: productDto })
  async draftProduct(
    @Body({ schema: productDraftDto }) body: ProductDraftDto,
    @Caller() caller: CallerIdentity,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProductDto> {
    const product = unwrap(await this.#draft.execute(toDraft(body), caller));
    void reply.header('location', `/v1/products/${product.id}`);
    return toProductDto(product);
  }

  @Get(':id')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: productDto })
  async getProduct(@Param('id', idParam('prd')) id: string, @Caller() caller: CallerIdentity): Promise<ProductDto> {
    return unwrap(await this.#products.get(id, caller));
  }

  @Patch(':id')
  @Allow('merchant')
  @AsksOfTeam('edit_listing')
  @ApiHeader({ name: 'If-Match', required: true, description: 'ETag of the product as it was read' })
  @ApiOkResponse({ standardSchema: productDto })
  async reviseProduct(
    @Param('id', idParam('prd')) id: string,
    @Body({ schema: productRevisionDto }) body: ProductRevisionDto,
    @IfMatch() revision: number,
    @Caller() caller: CallerIdentity,
  ): Promise<ProductDto> {
    return toProductDto(unwrap(await this.#revise.execute(id, { revision, changes: toChanges(body) }, caller)));
  }

  @Get(':id/history')
  @Allow('merchant', 'operator', 'auditor')
  @ApiOkResponse({ standardSchema: historyPageDto })
  async listProductHistory(
    @Param('id', idParam('prd')) id: string,
    @Query({ schema: cursorQuery }) page: z.output<typeof cursorQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<HistoryDto>> {
    const product = unwrap(await this.#products.get(id, caller));
    // A listed product is public; who reviewed it and why it was once returned is not.
    if (!seesTenant(caller, product.merchant_id)) {
      unwrap({ ok: false, error: productErrors.PRODUCT_UNKNOWN(`There is no history of ${id} that you may read.`) });
    }
    return this.#history.of(id, page);
  }
}
