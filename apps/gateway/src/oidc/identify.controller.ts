import { Body, Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DomainError, Language } from '@hetao/kernel';
import { Public, SERVICE_CONFIG, STATUS_BY_KIND } from '@hetao/runtime';
import type { GatewayConfig } from '../gateway.config.js';
import { DemoAccounts } from '../identity/demo-accounts.use-cases.js';
import type { IdentityError } from '../identity/identity.errors.js';
import { languageOf, queryValue, sendPage } from '../page/page.reply.js';
import { signInWords } from '../page/sign-in.words.js';
import { identifyForm, type IdentifyForm } from './identify.dto.js';
import { identifyPage, PASSKEY_REFUSED_QUERY } from './identify.page.js';
import { Interactions } from './interaction.reply.js';
import { IDENTIFY_PATH } from './oidc.provider.js';
import { ProveIdentity, type Proof } from './prove-identity.use-cases.js';
import { secondFactorPage } from './second-factor.page.js';
import { secondFactorWords } from './second-factor.words.js';

/** The page of the provider inside on which people say who they are. */
@Controller(`${IDENTIFY_PATH.slice(1)}/:uid`)
@Public()
@ApiExcludeController()
export class IdentifyController {
  readonly #interactions: Interactions;
  readonly #proofs: ProveIdentity;
  readonly #demo: DemoAccounts;
  readonly #config: GatewayConfig;

  constructor(
    interactions: Interactions,
    proofs: ProveIdentity,
    demo: DemoAccounts,
    @Inject(SERVICE_CONFIG) config: GatewayConfig,
  ) {
    this.#interactions = interactions;
    this.#proofs = proofs;
    this.#demo = demo;
    this.#config = config;
  }

  @Get()
  async showIdentify(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.#interactions.during(request, reply, () => this.#ask(request, reply, { email: '' }));
  }

  @Post()
  async identify(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Body({ schema: identifyForm }) form: IdentifyForm,
  ): Promise<void> {
    await this.#interactions.during(request, reply, async () => {
      const proof = await this.#proofs.execute(form, this.#interactions.placeOf(request));
      if (!proof.ok) return this.#ask(request, reply, { email: form.email, problem: proof.error });
      if (proof.value.kind === 'half') return this.#askForCode(request, reply, proof.value);
      await this.#interactions.finish(request, reply, proof.value);
    });
  }

  async #askForCode(
    request: FastifyRequest,
    reply: FastifyReply,
    { ticket, error }: Extract<Proof, { kind: 'half' }>,
  ): Promise<void> {
    const language = languageOf(request, reply);
    const action = request.url.split('?', 1)[0] ?? '/';
    const { status, words } = this.#toldOf(reply, error, language);
    const wrong = words ?? secondFactorWords[language].wrong;
    const page = secondFactorPage({ language, action, ticket, ...(error && { error: wrong }) });
    await sendPage(reply, page, { status });
  }

  /** How an answer looks after a wrong try: a wait that was not kept is told with its length. */
  #toldOf(
    reply: FastifyReply,
    problem: DomainError | undefined,
    language: Language,
  ): { readonly status: number; readonly words?: string } {
    // A wrong password is an answer to a page of ours: 401 would need a WWW-Authenticate that browsers act upon.
    if (problem === undefined) return { status: 200 };
    if (problem.code !== 'SIGN_IN_THROTTLED') return { status: STATUS_BY_KIND.unprocessable };
    const seconds = Number(problem.meta?.['retry_after_seconds'] ?? 1);
    void reply.header('retry-after', String(seconds));
    return { status: STATUS_BY_KIND.rate_limited, words: signInWords[language].throttled(seconds) };
  }

  async #ask(
    request: FastifyRequest,
    reply: FastifyReply,
    { email, problem }: { readonly email: string; readonly problem?: IdentityError },
  ): Promise<void> {
    const language = languageOf(request, reply);
    const { status, words } = this.#toldOf(reply, problem, language);
    const passkeyRefused = queryValue(request, 'passkey') === PASSKEY_REFUSED_QUERY;
    const page = identifyPage({
      language,
      action: request.url.split('?', 1)[0] ?? '/',
      email,
      ...(passkeyRefused && { error: signInWords[language].passkeyRefused }),
      ...(problem && { error: words ?? signInWords[language].wrong }),
      ...(this.#config.DEMO && { demoAccounts: await this.#demo.list() }),
    });
    await sendPage(reply, page, { status });
  }
}
