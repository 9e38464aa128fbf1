import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { registeredErrors } from '@hetao/kernel';
import { Public, SERVICE_CONFIG, STATUS_BY_KIND } from '@hetao/runtime';
import type { GatewayConfig } from '../gateway.config.js';
import { languageOf, sendPage } from '../page/page.reply.js';
import { Visitors } from '../page/visitors.page.js';
import { docsPage, problemPage } from './docs.page.js';
import { eventsPage } from './events.page.js';
import { PublicApi } from './public-api.queries.js';

/** The public API, for machines and for people. */
@Controller()
@Public()
@ApiExcludeController()
export class DocsController {
  readonly #api: PublicApi;
  readonly #visitors: Visitors;
  readonly #config: GatewayConfig;

  constructor(api: PublicApi, visitors: Visitors, @Inject(SERVICE_CONFIG) config: GatewayConfig) {
    this.#api = api;
    this.#visitors = visitors;
    this.#config = config;
  }

  @Get('openapi.json')
  async publicOpenApi(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { text, etag } = await this.#api.document();
    // The document holds nothing of anybody's: pages of other sites and their tools may read it.
    void reply.headers({ etag, 'cache-control': 'no-cache', 'access-control-allow-origin': '*' });
    if (request.headers['if-none-match'] === etag) await reply.status(304).send();
    else await reply.type('application/json; charset=utf-8').send(text);
  }

  @Get('docs')
  async showDocs(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await sendPage(
      reply,
      docsPage({ ...(await this.#frame(request, reply, '/docs')), publicUrl: this.#config.PUBLIC_URL }),
    );
  }

  @Get('docs/events')
  async showEvents(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await sendPage(reply, eventsPage(await this.#frame(request, reply, '/docs/events')));
  }

  @Get('problems/:slug')
  async showProblem(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { slug } = request.params as { readonly slug: string };
    const code = slug.toUpperCase().replaceAll('-', '_');
    if (!/^[A-Z][A-Z0-9_]{2,60}$/.test(code)) return void reply.callNotFound();
    const spec = registeredErrors().get(code);
    const frame = await this.#frame(request, reply, `/problems/${slug}`);
    const status = spec && STATUS_BY_KIND[spec.kind];
    await sendPage(reply, problemPage({ ...frame, code, spec, status }));
  }

  async #frame(request: FastifyRequest, reply: FastifyReply, path: string) {
    const language = languageOf(request, reply);
    const account = this.#visitors.header(await this.#visitors.of(request), language, path);
    return { language, account, demo: this.#config.DEMO };
  }
}
