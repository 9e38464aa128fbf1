import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { afterCursor, Allow, Caller, cursorPage, everyone, type CallerIdentity } from '@hetao/runtime';
import { ProductQueries } from '../product/product.queries.js';
import { placeIn } from './search.js';
import {
  productPageDto,
  productQueryDto,
  toFacetsDto,
  toNarrowing,
  type ProductPageDto,
  type ProductQueryDto,
} from './search.dto.js';
import { SearchQueries } from './search.queries.js';

/** The one list of products: everything, or what a search finds. */
@ApiTags('products')
@Controller('v1/products')
export class SearchController {
  readonly #search: SearchQueries;
  readonly #products: ProductQueries;

  constructor(search: SearchQueries, products: ProductQueries) {
    this.#search = search;
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
}
