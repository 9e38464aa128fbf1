import { Body, Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { errors } from 'oidc-provider';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { err, ok, type Result } from '@hetao/kernel';
import { Public, SERVICE_CONFIG, STATUS_BY_KIND } from '@hetao/runtime';
import type { GatewayConfig } from '../gateway.config.js';
import { DemoAccounts } from '../identity/demo-accounts.use-cases.js';
import type { IdentityError } from '../identity/identity.errors.js';
import { CheckPassword } from '../identity/sign-in.use-cases.js';
import { signInMessagePage } from '../page/message.page.js';
import { languageOf, sendPage } from '../page/page.reply.js';
import { signInWords } from '../page/sign-in.words.js';
import { addressGroup, clientAddress } from '../routing/client-address.js';
import { identifyForm, type IdentifyForm } from './identify.dto.js';
import { identifyPage } from './identify.page.js';
import { IDENTIFY_PATH, OidcProvider } from './oidc.provider.js';

/** The page of the provider inside on which people say who they are. */
@Controller(`${IDENTIFY_PATH.slice(1)}/:uid`)
@Public()
@ApiExcludeController()
export class IdentifyController {
  readonly #oidc: OidcProvider;
  readonly #passwords: CheckPassword;
  readonly #demo: DemoAccounts;
  readonly #config: GatewayConfig;

  constructor(
    oidc: OidcProvider,
    passwords: CheckPassword,
    demo: DemoAccounts,
    @Inject(SERVICE_CONFIG) config: GatewayConfig,
  ) {
    this.#oidc = oidc;
    this.#passwords = passwords;
    this.#demo = demo;
    this.#config = config;
  }

  @Get()
  async showIdentify(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.#inInteraction(request, reply, () => this.#ask(request, reply, { email: '' }));
  }

  @Post()
  async identify(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Body({ schema: identifyForm }) form: IdentifyForm,
  ): Promise<void> {
    await this.#inInteraction(request, reply, async () => {
      const found = await this.#accountOf(request, form);
      if (!found.ok) return this.#ask(request, reply, { email: form.email, problem: found.error });
      const provider = await this.#oidc.provider();
      const result = { login: { accountId: found.value, amr: ['pwd'] } };
      const next = await provider.interactionResult(request.raw, reply.raw, result);
      await reply.redirect(next, 303);
    });
  }

  /** Runs `work` only while the provider waits for this browser: the cookie of the interaction proves it. */
  async #inInteraction(request: FastifyRequest, reply: FastifyReply, work: () => Promise<void>): Promise<void> {
    const provider = await this.#oidc.provider();
    try {
      const { uid } = await provider.interactionDetails(request.raw, reply.raw);
      if (uid !== (request.params as { readonly uid: string }).uid) throw new errors.SessionNotFound('another window');
    } catch (error) {
      if (!(error instanceof errors.SessionNotFound)) throw error;
      const page = signInMessagePage(languageOf(request, reply), 'failed', this.#config.DEMO);
      return sendPage(reply, page, { status: 400 });
    }
    await work();
  }

  async #accountOf(request: FastifyRequest, form: IdentifyForm): Promise<Result<string, IdentityError>> {
    if (form.demo_account !== '') return this.#demo.choose(form.demo_account);
    const forwarded = request.headers['x-forwarded-for'];
    const socketAddress = request.socket.remoteAddress ?? '';
    const address = clientAddress(socketAddress, forwarded?.toString(), this.#config.TRUSTED_PROXIES);
    const checked = await this.#passwords.execute({ ...form, address: addressGroup(address) });
    return checked.ok ? ok(checked.value.id) : err(checked.error);
  }

  async #ask(
    request: FastifyRequest,
    reply: FastifyReply,
    { email, problem }: { readonly email: string; readonly problem?: IdentityError },
  ): Promise<void> {
    const language = languageOf(request, reply);
    const words = signInWords[language];
    const seconds = Number(problem?.meta?.['retry_after_seconds'] ?? 1);
    const throttled = problem?.code === 'SIGN_IN_THROTTLED';
    if (throttled) void reply.header('retry-after', String(seconds));
    const page = identifyPage({
      language,
      action: request.url.split('?', 1)[0] ?? '/',
      email,
      ...(problem && { error: throttled ? words.throttled(seconds) : words.wrong }),
      ...(this.#config.DEMO && { demoAccounts: await this.#demo.list() }),
    });
    // A wrong password is an answer to a page of ours: 401 would need a WWW-Authenticate that browsers act upon.
    const status = problem === undefined ? 200 : throttled ? STATUS_BY_KIND.rate_limited : STATUS_BY_KIND.unprocessable;
    await sendPage(reply, page, { status });
  }
}
