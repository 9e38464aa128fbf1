import { Controller, Get, Header, Param, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DomainException } from '@hetao/kernel';
import { afterCursor, cursorPage, cursorQuery, idParam, Public } from '@hetao/runtime';
import { z } from 'zod';
import { croissantDocument } from './croissant.js';
import { dcatCatalog, dcatDocument } from './dcat.js';
import { discoveryErrors } from './discovery.errors.js';
import { DiscoveryQueries } from './discovery.queries.js';
import type { Addresses, JsonObject, PublicProduct } from './public-product.js';
import { schemaOrgCatalog, schemaOrgDocument } from './schema-org.js';

const JSON_LD = 'application/ld+json; charset=utf-8';
const document = z.looseObject({ '@context': z.unknown(), '@type': z.string() }).meta({ id: 'JsonLdDocument' });
type CatalogOf = typeof dcatCatalog;

/** What is on the market, for harvesters and search engines: anybody may read it, nobody must sign in. */
@ApiTags('discovery')
@Controller('v1')
@Public()
@ApiProduces('application/ld+json')
export class DiscoveryController {
  readonly #products: DiscoveryQueries;

  constructor(products: DiscoveryQueries) {
    this.#products = products;
  }

  @Get('products/:id/dcat')
  @Header('content-type', JSON_LD)
  @ApiOperation({ summary: 'A listed product in DCAT-AP 3.0, JSON-LD' })
  @ApiOkResponse({ standardSchema: document })
  async describeInDcat(@Param('id', idParam('prd')) id: string, @Req() request: FastifyRequest): Promise<JsonObject> {
    return dcatDocument(await this.#listed(id), addressesOf(request));
  }

  @Get('products/:id/schema-org')
  @Header('content-type', JSON_LD)
  @ApiOperation({ summary: 'A listed product as a schema.org Dataset, WebAPI or Service' })
  @ApiOkResponse({ standardSchema: document })
  async describeInSchemaOrg(
    @Param('id', idParam('prd')) id: string,
    @Req() request: FastifyRequest,
  ): Promise<JsonObject> {
    return schemaOrgDocument(await this.#listed(id), addressesOf(request));
  }

  @Get('products/:id/croissant')
  @Header('content-type', JSON_LD)
  @ApiOperation({ summary: 'A listed dataset in Croissant 1.0' })
  @ApiOkResponse({ standardSchema: document })
  async describeInCroissant(
    @Param('id', idParam('prd')) id: string,
    @Req() request: FastifyRequest,
  ): Promise<JsonObject> {
    const product = await this.#listed(id);
    if (product.kind !== 'dataset')
      throw new DomainException(discoveryErrors.DISCOVERY_NO_DATASET(`${id} is of the kind ${product.kind}.`));
    return croissantDocument(product, addressesOf(request));
  }

  @Get('catalog/dcat')
  @Header('content-type', JSON_LD)
  @ApiOperation({ summary: 'The whole catalog in DCAT-AP 3.0, page by page' })
  @ApiOkResponse({ standardSchema: document })
  harvestInDcat(
    @Query({ schema: cursorQuery }) page: z.output<typeof cursorQuery>,
    @Req() request: FastifyRequest,
  ): Promise<JsonObject> {
    return this.#catalog('dcat', page, request, dcatCatalog);
  }

  @Get('catalog/schema-org')
  @Header('content-type', JSON_LD)
  @ApiOperation({ summary: 'The whole catalog as a schema.org DataCatalog, page by page' })
  @ApiOkResponse({ standardSchema: document })
  harvestInSchemaOrg(
    @Query({ schema: cursorQuery }) page: z.output<typeof cursorQuery>,
    @Req() request: FastifyRequest,
  ): Promise<JsonObject> {
    return this.#catalog('schema-org', page, request, schemaOrgCatalog);
  }

  async #catalog(
    form: string,
    query: z.output<typeof cursorQuery>,
    request: FastifyRequest,
    catalogOf: CatalogOf,
  ): Promise<JsonObject> {
    const addresses = addressesOf(request);
    const after = afterCursor(query.cursor, { form })?.[0];
    const rows = await this.#products.page(after === undefined ? null : String(after), query.limit + 1);
    const { data, next_cursor: cursor } = cursorPage(rows, query.limit, ({ id }) => [id], { form });
    const at = (parameters: string): string => `${addresses.base}/v1/catalog/${form}?limit=${query.limit}${parameters}`;
    const self = query.cursor === undefined ? at('') : at(`&cursor=${query.cursor}`);
    return catalogOf(data, { self, next: cursor === null ? null : at(`&cursor=${cursor}`) }, addresses);
  }

  async #listed(id: string): Promise<PublicProduct> {
    const product = await this.#products.get(id);
    if (product === undefined)
      throw new DomainException(discoveryErrors.DISCOVERY_NOT_LISTED(`No product ${id} is listed.`));
    return product;
  }
}

/** The door says under which name the exchange is known outside; without a door it is the service's own. */
function addressesOf({ headers, protocol, host }: FastifyRequest): Addresses {
  const { 'x-forwarded-proto': scheme, 'x-forwarded-host': name } = headers;
  return { base: `${typeof scheme === 'string' ? scheme : protocol}://${typeof name === 'string' ? name : host}` };
}
