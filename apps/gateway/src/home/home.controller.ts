import { createHash } from 'node:crypto';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Language } from '@hetao/kernel';
import { Public, SERVICE_CONFIG, type CallerIdentity } from '@hetao/runtime';
import type { GatewayConfig } from '../gateway.config.js';
import { oneOfEachPersona } from '../identity/account.js';
import type { SafeHtml } from '../page/html.js';
import { contentSecurityPolicy, languageOf, sendPage } from '../page/page.reply.js';
import { identityOf, Visitors } from '../page/visitors.page.js';
import { PortalReply } from '../portal/portal.reply.js';
import { systemReader } from '../routing/service.client.js';
import type { LiveSession } from '../session/session.use-cases.js';
import { homePage } from './home.page.js';
import { tradeFragment } from './trade.page.js';
import { TradeQueries } from './trade.queries.js';

/** The first page: the portal or the running trade, and the part of that which is drawn anew. */
@Controller()
@Public()
@ApiExcludeController()
export class HomeController {
  readonly #trade: TradeQueries;
  readonly #visitors: Visitors;
  readonly #portal: PortalReply;
  readonly #config: GatewayConfig;

  constructor(
    trade: TradeQueries,
    visitors: Visitors,
    portal: PortalReply,
    @Inject(SERVICE_CONFIG) config: GatewayConfig,
  ) {
    this.#trade = trade;
    this.#visitors = visitors;
    this.#portal = portal;
    this.#config = config;
  }

  /** Members find their work, strangers the trade as it runs. */
  @Get()
  async showHome(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.#visitors.of(request);
    if (session !== undefined && (await this.#portal.send(request, reply, session))) return;
    await this.#sendTrade(request, reply, session);
  }

  /** The running trade, for everybody who may see it. */
  @Get('live')
  async showLive(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.#sendTrade(request, reply, await this.#visitors.of(request));
  }

  async #sendTrade(request: FastifyRequest, reply: FastifyReply, session: LiveSession | undefined): Promise<void> {
    const language = languageOf(request, reply);
    const path = request.url.split('?', 1)[0] ?? '/';
    const trade = await this.#fragment(session, language);
    const page = homePage({
      language,
      demo: this.#config.DEMO,
      path,
      account: this.#visitors.header(session, language, path),
      signedIn: session !== undefined,
      trade: trade && { fragment: trade, tag: tagOf(trade) },
      start: {
        publicUrl: this.#config.PUBLIC_URL,
        apiKey: this.#readingKey(),
        people: session === undefined ? oneOfEachPersona(await this.#visitors.demoAccounts()) : [],
      },
    });
    // The sign-out button may lead to an identity provider outside.
    const formTargets = this.#config.OIDC_ISSUER === undefined ? [] : [new URL(this.#config.OIDC_ISSUER).origin];
    await sendPage(reply, page, { formTargets });
  }

  /** For the script of the page: the part that changes, and 304 while it did not. */
  @Get('home/trade')
  async showTrade(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const language = languageOf(request, reply);
    const fragment = await this.#fragment(await this.#visitors.of(request), language);
    if (fragment === undefined) return void reply.callNotFound();
    const etag = tagOf(fragment);
    void reply.headers({
      etag,
      'cache-control': 'private, no-cache',
      'content-security-policy': contentSecurityPolicy([]),
    });
    if (request.headers['if-none-match'] === etag) await reply.status(304).send();
    else await reply.type('text/html; charset=utf-8').send(fragment.text);
  }

  async #fragment(session: LiveSession | undefined, language: Language): Promise<SafeHtml | undefined> {
    const reader = this.#reader(session);
    return reader && tradeFragment(await this.#trade.trade(reader), language);
  }

  /** Everybody reads in their own name. In a demonstration strangers read as the exchange's auditor does. */
  #reader(session: LiveSession | undefined): CallerIdentity | undefined {
    if (session !== undefined) return identityOf(session);
    return this.#config.DEMO ? systemReader : undefined;
  }

  /** A key to show: rather one that may only look. */
  #readingKey(): string | undefined {
    const seeds = (this.#config.SEED_ACCOUNTS ?? []).filter(({ api_key }) => api_key !== undefined);
    return (seeds.find(({ personas }) => personas.includes('auditor')) ?? seeds[0])?.api_key;
  }
}

/** The page and its script know by the same tag which state they show. */
function tagOf(fragment: SafeHtml): string {
  return `"${createHash('sha256').update(fragment.text).digest('base64url').slice(0, 22)}"`;
}
