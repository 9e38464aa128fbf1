import { Body, Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { LOGGER, Public, SERVICE_CONFIG } from '@hetao/runtime';
import type { GatewayConfig } from '../gateway.config.js';
import { keyFor } from '../gateway.secrets.js';
import { signInMessagePage } from '../page/message.page.js';
import { languageOf, queryValue, sendPage } from '../page/page.reply.js';
import { addressGroup, clientAddress } from '../routing/client-address.js';
import { cookieNames, giveSession, giveSignIn, sessionTokenOf, takeSession, takeSignIn } from './session.cookie.js';
import { safeReturnPath, type SessionOrigin } from './session.js';
import { openSignIn, sealSignIn } from './sign-in-cookie.codec.js';
import { signOutForm, type SignOutForm } from './sign-in.dto.js';
import { SignIn } from './sign-in.use-cases.js';
import { SignOut } from './sign-out.use-cases.js';

/** Signing in and out in a browser: the gateway is the OAuth client, the browser gets a cookie and no token. */
@Controller()
@Public()
@ApiExcludeController()
export class SignInController {
  readonly #signIn: SignIn;
  readonly #signOut: SignOut;
  readonly #config: GatewayConfig;
  readonly #logger: Logger;

  constructor(
    signIn: SignIn,
    signOut: SignOut,
    @Inject(SERVICE_CONFIG) config: GatewayConfig,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.#signIn = signIn;
    this.#signOut = signOut;
    this.#config = config;
    this.#logger = logger;
  }

  @Get('sign-in')
  async beginSignIn(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const elsewhere = otherLoopbackName(request, this.#config);
    if (elsewhere !== undefined) return void (await reply.redirect(elsewhere, 303));
    try {
      const { url, attempt } = await this.#signIn.begin(languageOf(request, reply));
      const returnTo = safeReturnPath(queryValue(request, 'return_to'));
      giveSignIn(reply, this.#config, await sealSignIn(this.#key(), { ...attempt, returnTo }));
      await reply.header('cache-control', 'no-store').redirect(url.href, 303);
    } catch (error) {
      this.#logger.warn({ err: error }, 'The identity provider could not be reached');
      await this.#say(request, reply, 'unavailable');
    }
  }

  @Get('sign-in/callback')
  async finishSignIn(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const pending = await openSignIn(this.#key(), request.cookies[cookieNames(this.#config).signIn]);
    takeSignIn(reply, this.#config);
    if (pending === undefined) return this.#say(request, reply, 'failed');
    const url = new URL(request.url, this.#config.PUBLIC_URL);
    const outcome = await this.#signIn.finish(url, pending, originOf(request, this.#config));
    if (!outcome.ok) return this.#say(request, reply, outcome.error);
    giveSession(reply, this.#config, outcome.value);
    await reply.header('cache-control', 'no-store').redirect(pending.returnTo, 303);
  }

  @Post('sign-out')
  async signOut(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Body({ schema: signOutForm }) form: SignOutForm,
  ): Promise<void> {
    const token = sessionTokenOf(request, this.#config);
    const next = await this.#signOut.execute(token, form.csrf_token, { request: request.raw, response: reply.raw });
    if (next !== undefined) takeSession(reply, this.#config);
    await reply.header('cache-control', 'no-store').redirect(next ?? '/', 303);
  }

  async #say(
    request: FastifyRequest,
    reply: FastifyReply,
    message: 'failed' | 'noAccount' | 'closed' | 'unavailable',
  ): Promise<void> {
    const status = { failed: 400, noAccount: 403, closed: 403, unavailable: 503 }[message];
    if (status === 503) void reply.header('retry-after', '10');
    await sendPage(reply, signInMessagePage(languageOf(request, reply), message, this.#config.DEMO), { status });
  }

  #key(): Buffer {
    return keyFor('sign-in-cookie', this.#config.SESSION_SECRET);
  }
}

/** Where this browser is, in the words its owner will read. */
function originOf(request: FastifyRequest, config: GatewayConfig): SessionOrigin {
  const forwarded = request.headers['x-forwarded-for']?.toString();
  const address = clientAddress(request.socket.remoteAddress ?? '', forwarded, config.TRUSTED_PROXIES);
  return {
    device: (request.headers['user-agent'] ?? '').slice(0, 300),
    address: addressGroup(address),
    requestId: request.headers['x-request-id']?.toString() ?? null,
  };
}

const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;

/**
 * Whoever opened http://127.0.0.1 of an exchange that calls itself http://localhost would come back from signing in
 * to a name that has none of their cookies. They are sent over first. Only between names of this very machine: behind
 * a proxy the Host header may name anything.
 */
function otherLoopbackName(request: FastifyRequest, config: GatewayConfig): string | undefined {
  const { host = '' } = request.headers;
  const ours = new URL(config.PUBLIC_URL).host;
  if (host === ours || !LOOPBACK.test(host) || !LOOPBACK.test(ours)) return undefined;
  return config.PUBLIC_URL + (request.raw.url ?? '/sign-in');
}
