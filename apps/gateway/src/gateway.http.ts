import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { answerFailure, CLOCK, LOGGER, type HttpContext } from '@hetao/runtime';
import type { GatewayConfig } from './gateway.config.js';
import { ReadMemory } from './database/read-memory.register.js';
import { Deliver } from './delivery/deliver.use-cases.js';
import { mountDeliveries } from './delivery/delivery.mount.js';
import { DeliveryRepository } from './delivery/delivery.repository.js';
import { PermitDelivery } from './delivery/permit.use-cases.js';
import { RunningDeliveries } from './delivery/running-deliveries.register.js';
import { TransferTokens } from './delivery/transfer-token.use-cases.js';
import { mountProvider } from './oidc/oidc.mount.js';
import { OidcProvider } from './oidc/oidc.provider.js';
import { mountAssets } from './page/assets.mount.js';
import { Visitors } from './page/visitors.page.js';
import { mountPortal } from './portal/portal.mount.js';
import { PortalReply } from './portal/portal.reply.js';
import { Door } from './routing/door.hook.js';
import { seeOwnChanges } from './routing/own-changes.hook.js';
import { RateLimiter } from './routing/rate.limiter.js';
import { mountServices } from './routing/service.proxy.js';
import { closeUnusedConnections } from './routing/unused-connections.hook.js';
import { CallerRegister } from './session/caller.register.js';

/** Puts the door in front of everything, and behind it what is no route of ours: the provider, files, services. */
export async function configureHttp(fastify: FastifyInstance, context: HttpContext<GatewayConfig>): Promise<void> {
  const { config } = context;
  closeUnusedConnections(fastify);
  seeOwnChanges(fastify, context.get(ReadMemory));
  await fastify.register(cookie);
  await fastify.register(rateLimit, { global: false });
  const limiter = new RateLimiter(fastify, config);
  const door = context.get(Door);
  const logger = context.get<Logger>(LOGGER);
  fastify.addHook('onRequest', async (request, reply) => {
    try {
      await door.admit(request, reply, limiter);
    } catch (error) {
      await answerFailure(error, { request, reply, logger });
    }
  });
  await mountAssets(fastify);
  await mountPortal(fastify, context.get(PortalReply), context.get(Visitors));
  await mountProvider(fastify, config, context.get(OidcProvider));
  const register = context.get(CallerRegister);
  await mountServices(fastify, { config, door, register });
  await mountDeliveries(fastify, {
    door,
    register,
    permits: context.get(PermitDelivery),
    tokens: context.get(TransferTokens),
    deliver: context.get(Deliver),
    deliveries: context.get(DeliveryRepository),
    running: context.get(RunningDeliveries),
    clock: context.get(CLOCK),
    limits: { bytes: config.DELIVERY_ANSWER_MIB * 1024 * 1024, ms: config.DELIVERY_ANSWER_SECONDS * 1_000 },
  });
}
