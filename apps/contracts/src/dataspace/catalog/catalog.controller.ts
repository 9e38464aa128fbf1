import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import { Body, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { unwrap } from '@hetao/kernel';
import { SERVICE_CONFIG } from '@hetao/runtime';
import type { DataspaceConfig } from '../dataspace.config.js';
import { ProtocolController } from '../http/protocol-controller.js';
import { FromPeer } from '../peer/from-peer.decorator.js';
import type { Peer } from '../peer/peer.js';
import { ownBase } from '../version/version-file.js';
import type { WireMessage } from '../wire/context.js';
import { readCatalogRequest } from './catalog-filter.js';
import { CatalogQueries, type CatalogAnswer } from './catalog.queries.js';

const compress = promisify(gzip);
/** Below this, compressing costs more than it saves. */
const WORTH_COMPRESSING = 2_048;

/** The catalog protocol: what we offer to the peer that asks. */
@ProtocolController('catalog')
export class CatalogController {
  readonly #catalog: CatalogQueries;
  readonly #config: DataspaceConfig;

  constructor(catalog: CatalogQueries, @Inject(SERVICE_CONFIG) config: DataspaceConfig) {
    this.#catalog = catalog;
    this.#config = config;
  }

  @Post('request')
  @HttpCode(200)
  async dspCatalog(
    @Body() body: unknown,
    @FromPeer() peer: Peer,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const filter = unwrap(readCatalogRequest(body));
    const answer = unwrap(await this.#catalog.catalog(filter, placeIn(request), peer));
    const links = this.#links(answer);
    if (links !== '') void reply.header('link', links);
    await sendJson(reply, answer.catalog, request.headers['accept-encoding']);
  }

  @Get('datasets/:id')
  async dspDataset(@Param('id') id: string, @FromPeer() peer: Peer): Promise<WireMessage> {
    return unwrap(await this.#catalog.dataset(id, peer));
  }

  /** RFC 8288: the client sends the same body to the target. */
  #links({ next, previous }: CatalogAnswer): string {
    const to = (token: string | null, rel: string) =>
      token === null ? [] : [`<${ownBase(this.#config)}/catalog/request?continuationToken=${token}>; rel="${rel}"`];
    return [...to(next, 'next'), ...to(previous, 'previous')].join(', ');
  }
}

/** Where a followed link begins; null for a first page. */
function placeIn(request: FastifyRequest): string | null {
  return new URL(request.url, 'http://dsp').searchParams.get('continuationToken');
}

async function sendJson(reply: FastifyReply, value: object, accepted: string | string[] | undefined): Promise<void> {
  const text = JSON.stringify(value);
  void reply.type('application/json; charset=utf-8').header('vary', 'accept-encoding');
  const isWanted = /(?:^|,)\s*gzip\s*(?:;\s*q=(?!0(?:\.0+)?\s*(?:,|$))|,|$)/.test(String(accepted ?? ''));
  if (!isWanted || text.length < WORTH_COMPRESSING) return void (await reply.send(text));
  const packed = await compress(text, { level: constants.Z_BEST_SPEED });
  await reply.header('content-encoding', 'gzip').send(packed);
}
