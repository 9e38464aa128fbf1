import { Body, Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Language } from '@hetao/kernel';
import { Public, SERVICE_CONFIG, STATUS_BY_KIND } from '@hetao/runtime';
import type { GatewayConfig } from '../gateway.config.js';
import { keyFor } from '../gateway.secrets.js';
import type { IdentityError } from '../identity/identity.errors.js';
import { DEVICE_PATH } from '../oidc/device-flow.provider.js';
import { formBody } from '../page/form.dto.js';
import { languageOf, queryValue, sendPage } from '../page/page.reply.js';
import { signInWords } from '../page/sign-in.words.js';
import { Visitors } from '../page/visitors.page.js';
import { addressGroup, clientAddress } from '../routing/client-address.js';
import { csrfToken, isCsrfToken } from '../session/csrf-token.codec.js';
import type { LiveSession } from '../session/session.use-cases.js';
import type { DeviceLoginError } from './device-login.errors.js';
import { deviceCodePage, deviceConfirmPage, deviceDonePage, type DevicePageFrame } from './device-login.page.js';
import { DeviceLogins, type Approver } from './device-login.use-cases.js';
import { deviceLoginWords } from './device-login.words.js';

const LONGEST_CODE = 40;

const deviceForm = formBody({
  csrf_token: z.string().max(100).default(''),
  user_code: z.string().max(LONGEST_CODE).default(''),
  decision: z.enum(['approve', 'refuse']).optional(),
});

/** The page on which somebody who is signed in lets a programme in by the code it shows (RFC 8628 3.3). */
@Controller(DEVICE_PATH.slice(1))
@Public()
@ApiExcludeController()
export class DeviceLoginController {
  readonly #logins: DeviceLogins;
  readonly #visitors: Visitors;
  readonly #config: GatewayConfig;

  constructor(logins: DeviceLogins, visitors: Visitors, @Inject(SERVICE_CONFIG) config: GatewayConfig) {
    this.#logins = logins;
    this.#visitors = visitors;
    this.#config = config;
  }

  /** A code in the link is only typed by it: it is looked up when the person says so. */
  @Get()
  async showDeviceLogin(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const typed = (queryValue(request, 'user_code') ?? '').slice(0, LONGEST_CODE);
    const session = await this.#visitors.of(request);
    if (session === undefined) return this.#signInFirst(reply, typed);
    await sendPage(reply, deviceCodePage(this.#frame(session, languageOf(request, reply)), typed));
  }

  @Post()
  async answerDeviceLogin(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Body({ schema: deviceForm }) form: z.output<typeof deviceForm>,
  ): Promise<void> {
    const session = await this.#visitors.of(request);
    if (session === undefined) return this.#signInFirst(reply, form.user_code);
    const frame = this.#frame(session, languageOf(request, reply));
    if (!isCsrfToken(this.#csrfKey(), session.hash, form.csrf_token)) {
      const { stale } = deviceLoginWords[frame.language];
      return sendPage(reply, deviceCodePage(frame, form.user_code, stale), { status: STATUS_BY_KIND.forbidden });
    }
    const approver = this.#approver(request, session);
    const found = await this.#logins.find(form.user_code, approver);
    if (!found.ok) return this.#askAgain(reply, frame, form.user_code, found.error);
    if (form.decision === undefined) return sendPage(reply, deviceConfirmPage(frame, found.value));
    const decided = await this.#logins.decide(found.value, form.decision, approver);
    if (!decided.ok) return this.#askAgain(reply, frame, form.user_code, decided.error);
    await sendPage(reply, deviceDonePage(frame, form.decision));
  }

  async #signInFirst(reply: FastifyReply, typed: string): Promise<void> {
    const back = typed === '' ? DEVICE_PATH : `${DEVICE_PATH}?user_code=${encodeURIComponent(typed)}`;
    await reply.header('cache-control', 'no-store').redirect(`/sign-in?return_to=${encodeURIComponent(back)}`, 303);
  }

  async #askAgain(
    reply: FastifyReply,
    frame: DevicePageFrame,
    typed: string,
    error: DeviceLoginError | IdentityError,
  ): Promise<void> {
    const seconds = Number(error.meta?.['retry_after_seconds'] ?? 1);
    if (error.kind === 'rate_limited') void reply.header('retry-after', String(seconds));
    const { wrong } = deviceLoginWords[frame.language];
    const told = error.code in wrong ? wrong[error.code as keyof typeof wrong] : undefined;
    const page = deviceCodePage(frame, typed, told ?? signInWords[frame.language].throttled(seconds));
    await sendPage(reply, page, { status: STATUS_BY_KIND[error.kind] });
  }

  #frame(session: LiveSession, language: Language): DevicePageFrame {
    const csrf = csrfToken(this.#csrfKey(), session.hash);
    const account = this.#visitors.header(session, language, DEVICE_PATH);
    return { language, demo: this.#config.DEMO, account, csrf };
  }

  #approver(request: FastifyRequest, { account }: LiveSession): Approver {
    const forwarded = request.headers['x-forwarded-for']?.toString();
    const address = clientAddress(request.socket.remoteAddress ?? '', forwarded, this.#config.TRUSTED_PROXIES);
    const { id, organisationId } = account;
    const requestId = request.headers['x-request-id']?.toString() ?? null;
    return { subject: id, accountId: id, organisationId, via: 'session', requestId, address: addressGroup(address) };
  }

  #csrfKey(): Buffer {
    return keyFor('csrf-token', this.#config.SESSION_SECRET);
  }
}
