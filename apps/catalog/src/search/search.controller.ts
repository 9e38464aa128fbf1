import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { unwrap } from '@hetao/kernel';
import {
  afterCursor,
  Allow,
  Caller,
  cursorPage,
  everyone,
  idParam,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import type { ProductDto } from '../product/product.dto.js';
import { ProductQueries } from '../product/product.queries.js';
import { placeIn } from './search.js';
import {
  productPageDto,
  productQueryDto,
  similarPageDto,
  similarQueryDto,
  type SimilarQueryDto,
  toFacetsDto,
  toNarrowing,
  type ProductPageDto,
  type ProductQueryDto,
} from './search.dto.js';
import { SearchQueries } from './search.queries.js';
import { SimilarQueries } from './similar.queries.js';

/** The one list of products: everything, or what a search finds. */
@ApiTags('products')
@Controller('v1/products')
export class SearchController {
  readonly #search: SearchQueries;
  readonly #similar: SimilarQueries;
  readonly #products: ProductQueries;

  constructor(search: SearchQueries, similar: SimilarQueries, products: ProductQueries) {
    this.#search = search;
    this.#similar = similar;
    this.#products = products;
  }

  @Get()
  @Allow(...everyone)
  @ApiOperation({ summary: 'Find products, by words in three scripts and by facets' })
  @ApiOkResponse({ standardSchema: productPageDto })
  async listProducts(
    @Query({ schema: productQueryDto }) query: ProductQueryDto,
    @Caller() caller: CallerIdentity,
  ): Promise<ProductPageDto> {
    const { limit, cursor, facets, ...criteria } = query;
    const sort = query.sort ?? (query.q === undefined ? 'newest' : 'relevance');
    const after = placeIn(afterCursor(cursor, { ...criteria, sort }));
    const ask = { question: query.q ?? '', narrowing: toNarrowing(query), sort, after, limit: limit + 1 };
    const found = await this.#search.find(ask, caller);
    const { data: hits, ...page } = cursorPage(found.hits, limit, ({ place }) => place, { ...criteria, sort });
    const counted = toFacetsDto(facets, found);
    return {
      ...page,
      data: [
        ...(await this.#products.byIds(
          hits.map(({ productId }) => productId),
          caller,
        )),
      ],
      total: found.total,
      available: found.available,
      corrections: found.corrections.map(({ typed, readAs }) => ({ typed, read_as: readAs })),
      ...(counted === undefined ? {} : { facets: counted }),
    };
  }

  @Get(':id/similar')
  @Allow(...everyone)
  @ApiOperation({ summary: 'Listed products that are like this one, the most alike first' })
  @ApiOkResponse({ standardSchema: similarPageDto })
  async listSimilarProducts(
    @Param('id', idParam('prd')) id: string,
    @Query({ schema: similarQueryDto }) { limit }: SimilarQueryDto,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<ProductDto>> {
    unwrap(await this.#products.get(id, caller));
    const similar = await this.#products.byIds(await this.#similar.similarTo(id, limit), caller);
    return { data: [...similar], next_cursor: null, has_more: false };
  }
}
