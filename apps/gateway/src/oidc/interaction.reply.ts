import { Inject, Injectable } from '@nestjs/common';
import { errors } from 'oidc-provider';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SERVICE_CONFIG } from '@hetao/runtime';
import type { GatewayConfig } from '../gateway.config.js';
import { signInMessagePage } from '../page/message.page.js';
import { languageOf, sendPage } from '../page/page.reply.js';
import { addressGroup, clientAddress } from '../routing/client-address.js';
import { OidcProvider } from './oidc.provider.js';
import type { ProvingPlace } from './prove-identity.use-cases.js';

/** The sign-ins that the provider inside waits for, each in the browser that began it. */
@Injectable()
export class Interactions {
  readonly #oidc: OidcProvider;
  readonly #config: GatewayConfig;

  constructor(oidc: OidcProvider, @Inject(SERVICE_CONFIG) config: GatewayConfig) {
    this.#oidc = oidc;
    this.#config = config;
  }

  /** Runs `work` only while the provider waits for this browser: the cookie of the interaction proves it. */
  async during(request: FastifyRequest, reply: FastifyReply, work: () => Promise<void>): Promise<void> {
    const provider = await this.#oidc.provider();
    try {
      const { uid } = await provider.interactionDetails(request.raw, reply.raw);
      if (uid !== uidOf(request)) throw new errors.SessionNotFound('another window');
    } catch (error) {
      if (!(error instanceof errors.SessionNotFound)) throw error;
      const page = signInMessagePage(languageOf(request, reply), 'failed', this.#config.DEMO);
      return sendPage(reply, page, { status: 400 });
    }
    await work();
  }

  /** Tells the provider who it is, and how that was proved (`amr`, RFC 8176). */
  async finish(
    request: FastifyRequest,
    reply: FastifyReply,
    { accountId, amr }: { readonly accountId: string; readonly amr: readonly string[] },
  ): Promise<void> {
    const provider = await this.#oidc.provider();
    const next = await provider.interactionResult(request.raw, reply.raw, { login: { accountId, amr: [...amr] } });
    await reply.redirect(next, 303);
  }

  placeOf(request: FastifyRequest): ProvingPlace {
    const forwarded = request.headers['x-forwarded-for']?.toString();
    const address = clientAddress(request.socket.remoteAddress ?? '', forwarded, this.#config.TRUSTED_PROXIES);
    const requestId = request.headers['x-request-id']?.toString() ?? null;
    return { uid: uidOf(request), address: addressGroup(address), requestId };
  }
}

function uidOf(request: FastifyRequest): string {
  return (request.params as { readonly uid: string }).uid;
}
