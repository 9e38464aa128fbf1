import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { unwrap } from '@hetao/kernel';
import { Allow, everyone, idParam, text } from '@hetao/runtime';
import { PeerCatalogQueries } from './peer-catalog.queries.js';

const queryDto = z.strictObject({
  dataset: text(2_000).optional().describe('`@id` of one dataset'),
  title: text(200).optional().describe('A part of the title'),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  next: z.url().max(4_000).optional().describe('`next` of the page before'),
});
type QueryDto = z.output<typeof queryDto>;

const catalogDto = z
  .object({
    participant_id: z.string().nullable(),
    datasets: z.array(z.record(z.string(), z.unknown())).describe('As the peer sent them: DCAT and ODRL in JSON'),
    next: z.string().nullable(),
  })
  .meta({ id: 'PeerCatalog' });

/** What the other participants of the dataspace offer, asked for at the moment. */
@ApiTags('dataspace')
@Controller('v1/dataspace/peers')
export class PeerCatalogController {
  readonly #catalogs: PeerCatalogQueries;

  constructor(catalogs: PeerCatalogQueries) {
    this.#catalogs = catalogs;
  }

  @Get(':id/catalog')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: catalogDto })
  async getPeerCatalog(
    @Param('id', idParam('per')) id: string,
    @Query({ schema: queryDto }) { dataset, title, next, limit }: QueryDto,
  ): Promise<z.output<typeof catalogDto>> {
    const wanted = { dataset: dataset ?? null, title: title ?? null, next: next ?? null, limit };
    const { participantId, datasets, next: more } = unwrap(await this.#catalogs.ask(id, wanted));
    return { participant_id: participantId, datasets: datasets.map((each) => ({ ...each })), next: more };
  }
}
