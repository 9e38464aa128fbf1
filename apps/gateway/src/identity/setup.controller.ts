import { Body, Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public, SERVICE_CONFIG, STATUS_BY_KIND } from '@hetao/runtime';
import type { GatewayConfig } from '../gateway.config.js';
import { signInMessagePage } from '../page/message.page.js';
import { languageOf, queryValue, sendPage } from '../page/page.reply.js';
import { setupEmail, setupForm, type SetupForm } from './setup.dto.js';
import { setupPage } from './setup.page.js';
import { SetupLinks } from './setup-link.use-cases.js';

/** The page of the one-time link that makes the first operator. The link itself is the permission. */
@Controller('setup')
@Public()
@ApiExcludeController()
export class SetupController {
  readonly #links: SetupLinks;
  readonly #config: GatewayConfig;

  constructor(links: SetupLinks, @Inject(SERVICE_CONFIG) config: GatewayConfig) {
    this.#links = links;
    this.#config = config;
  }

  @Get()
  async showSetup(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const language = languageOf(request, reply);
    const token = queryValue(request, 'token') ?? '';
    if (!(await this.#links.usable(token))) return this.#unusable(request, reply);
    await sendPage(reply, setupPage({ language, token, displayName: '', email: '' }));
  }

  @Post()
  async setUp(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Body({ schema: setupForm }) form: SetupForm,
  ): Promise<void> {
    const { token, email, password } = form;
    const displayName = form.display_name === '' ? email : form.display_name;
    if (!(await this.#links.usable(token))) return this.#unusable(request, reply);
    const again = (error: string) =>
      sendPage(reply, setupPage({ language: languageOf(request, reply), token, displayName, email, error }), {
        status: STATUS_BY_KIND.unprocessable,
      });
    if (!setupEmail.safeParse(email).success) return again('name@example.com?');
    const organisationId = this.#config.EXCHANGE_ORGANISATION_ID;
    const made = await this.#links.use({ token, organisationId, email, displayName, password });
    if (made.ok) return void (await reply.redirect('/sign-in', 303));
    if (made.error.code === 'SETUP_LINK_UNUSABLE') return this.#unusable(request, reply);
    await again(`${made.error.detail} ${made.error.fix}`);
  }

  async #unusable(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const page = signInMessagePage(languageOf(request, reply), 'setupUnusable', this.#config.DEMO);
    await sendPage(reply, page, { status: STATUS_BY_KIND.gone });
  }
}
