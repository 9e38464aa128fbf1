import { Body, Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { errors } from 'oidc-provider';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DomainError, Language } from '@hetao/kernel';
import { Public, SERVICE_CONFIG, STATUS_BY_KIND } from '@hetao/runtime';
import type { GatewayConfig } from '../gateway.config.js';
import { DemoAccounts } from '../identity/demo-accounts.use-cases.js';
import type { IdentityError } from '../identity/identity.errors.js';
import { signInMessagePage } from '../page/message.page.js';
import { languageOf, sendPage } from '../page/page.reply.js';
import { signInWords } from '../page/sign-in.words.js';
import { addressGroup, clientAddress } from '../routing/client-address.js';
import { identifyForm, type IdentifyForm } from './identify.dto.js';
import { identifyPage } from './identify.page.js';
import { IDENTIFY_PATH, OidcProvider } from './oidc.provider.js';
import { ProveIdentity, type Proof, type ProvingPlace } from './prove-identity.use-cases.js';
import { secondFactorPage } from './second-factor.page.js';
import { secondFactorWords } from './second-factor.words.js';

/** The page of the provider inside on which people say who they are. */
@Controller(`${IDENTIFY_PATH.slice(1)}/:uid`)
@Public()
@ApiExcludeController()
export class IdentifyController {
  readonly #oidc: OidcProvider;
  readonly #proofs: ProveIdentity;
  readonly #demo: DemoAccounts;
  readonly #config: GatewayConfig;

  constructor(
    oidc: OidcProvider,
    proofs: ProveIdentity,
    demo: DemoAccounts,
    @Inject(SERVICE_CONFIG) config: GatewayConfig,
  ) {
    this.#oidc = oidc;
    this.#proofs = proofs;
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
      const proof = await this.#proofs.execute(form, this.#placeOf(request));
      if (!proof.ok) return this.#ask(request, reply, { email: form.email, problem: proof.error });
      if (proof.value.kind === 'half') return this.#askForCode(request, reply, proof.value);
      const { accountId, amr } = proof.value;
      const provider = await this.#oidc.provider();
      const next = await provider.interactionResult(request.raw, reply.raw, { login: { accountId, amr: [...amr] } });
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

  #placeOf(request: FastifyRequest): ProvingPlace {
    const forwarded = request.headers['x-forwarded-for']?.toString();
    const address = clientAddress(request.socket.remoteAddress ?? '', forwarded, this.#config.TRUSTED_PROXIES);
    const { uid } = request.params as { readonly uid: string };
    const requestId = request.headers['x-request-id']?.toString() ?? null;
    return { uid, address: addressGroup(address), requestId };
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
    const page = identifyPage({
      language,
      action: request.url.split('?', 1)[0] ?? '/',
      email,
      ...(problem && { error: words ?? signInWords[language].wrong }),
      ...(this.#config.DEMO && { demoAccounts: await this.#demo.list() }),
    });
    await sendPage(reply, page, { status });
  }
}
