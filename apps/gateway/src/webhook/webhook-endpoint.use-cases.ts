import { Inject, Injectable } from '@nestjs/common';
import { err, newId, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK, SERVICE_CONFIG } from '@hetao/runtime';
import type { Actor } from '../audit/audit.js';
import type { GatewayConfig } from '../gateway.config.js';
import { sealText } from '../gateway.secrets.js';
import { webhookErrors, type WebhookError } from './webhook.errors.js';
import { WebhookRepository, type StoredEndpoint } from './webhook.repository.js';
import { makeSecret } from './webhook.signature.js';
import { checkAddress, maxEndpoints, secretOverlapMs, type SignatureKind, type WebhookEndpoint } from './webhook.js';

/** What an owner says of an endpoint. */
export interface EndpointDraft {
  readonly url: string;
  readonly description: string;
  readonly types: readonly string[];
}

type Changed = Promise<Result<WebhookEndpoint, WebhookError>>;
/** The one answer that holds the secret. */
type WithSecret = Promise<Result<{ readonly endpoint: WebhookEndpoint; readonly secret: string }, WebhookError>>;

/** Lets an organisation say where it wants to be told, by what it knows us, and whether it listens. */
@Injectable()
export class WebhookEndpoints {
  readonly #uow: UnitOfWork;
  readonly #webhooks: WebhookRepository;
  readonly #config: GatewayConfig;
  readonly #clock: Clock;

  constructor(
    uow: UnitOfWork,
    webhooks: WebhookRepository,
    @Inject(SERVICE_CONFIG) config: GatewayConfig,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#uow = uow;
    this.#webhooks = webhooks;
    this.#config = config;
    this.#clock = clock;
  }

  list(organisationId: string): Promise<readonly WebhookEndpoint[]> {
    return this.#webhooks.endpoints(organisationId);
  }

  add(actor: Actor, draft: EndpointDraft & { readonly signature: SignatureKind }): WithSecret {
    const { organisationId } = actor;
    return this.#uow.runResult(async (tx) => {
      const url = checkAddress(draft.url, this.#config.DELIVERY_PRIVATE_UPSTREAMS);
      if (!url.ok) return url;
      if ((await this.#webhooks.count(tx, organisationId)) >= maxEndpoints) {
        return err(webhookErrors.WEBHOOK_ENDPOINTS_TOO_MANY(`${organisationId} has ${maxEndpoints} endpoints.`));
      }
      const { secret, publicKey } = makeSecret(draft.signature);
      const { description, types, signature } = draft;
      const endpoint: StoredEndpoint = {
        ...{ id: newId('whe'), organisationId, url: url.value, description, types, signature, publicKey },
        ...{ rollsUntil: null, createdAt: this.#clock.now(), disabledAt: null, disabledReason: null },
        ...{ failingSince: null, secretSealed: await this.#seal(secret), previousSealed: null },
      };
      await this.#webhooks.insert(tx, endpoint);
      await this.#webhooks.note(tx, actor, 'webhook_endpoint.added', endpoint);
      return ok({ endpoint, secret });
    });
  }

  change(actor: Actor, id: string, draft: EndpointDraft): Changed {
    const url = checkAddress(draft.url, this.#config.DELIVERY_PRIVATE_UPSTREAMS);
    if (!url.ok) return Promise.resolve(url);
    return this.#save(actor, id, (before) => ({ ...before, ...draft, url: url.value }));
  }

  /** A new secret; messages carry both signatures until the receiver has had a day to change over. */
  roll(actor: Actor, id: string): WithSecret {
    return this.#uow.runResult(async (tx) => {
      const before = await this.#webhooks.load(tx, actor.organisationId, id);
      if (before === undefined) return unknown(id);
      const { secret, publicKey } = makeSecret(before.signature);
      const rollsUntil = new Date(this.#clock.now().getTime() + secretOverlapMs);
      const sealed = { secretSealed: await this.#seal(secret), previousSealed: before.secretSealed };
      const endpoint = { ...before, publicKey, rollsUntil, ...sealed };
      await this.#webhooks.update(tx, endpoint);
      await this.#webhooks.note(tx, actor, 'webhook_secret.rolled', endpoint);
      return ok({ endpoint, secret });
    });
  }

  enable(actor: Actor, id: string): Changed {
    return this.#save(actor, id, (before) => ({
      ...before,
      ...{ disabledAt: null, disabledReason: null, failingSince: null },
    }));
  }

  disable(actor: Actor, id: string): Changed {
    return this.#save(actor, id, (before) =>
      before.disabledAt === null
        ? { ...before, disabledAt: this.#clock.now(), disabledReason: 'by_owner' as const }
        : before,
    );
  }

  remove(actor: Actor, id: string): Promise<Result<null, WebhookError>> {
    return this.#uow.runResult(async (tx) => {
      const before = await this.#webhooks.load(tx, actor.organisationId, id);
      if (before === undefined) return unknown(id);
      await this.#webhooks.remove(tx, actor.organisationId, id);
      await this.#webhooks.note(tx, actor, 'webhook_endpoint.removed', before);
      return ok(null);
    });
  }

  #save(actor: Actor, id: string, change: (before: StoredEndpoint) => StoredEndpoint): Changed {
    return this.#uow.runResult(async (tx: Tx) => {
      const before = await this.#webhooks.load(tx, actor.organisationId, id);
      if (before === undefined) return unknown(id);
      const after = change(before);
      await this.#webhooks.update(tx, after);
      await this.#webhooks.note(tx, actor, 'webhook_endpoint.changed', after);
      return ok(after);
    });
  }

  #seal(secret: string): Promise<string> {
    return sealText('webhook-secrets', this.#config.SESSION_SECRET, secret);
  }
}

function unknown(id: string): Result<never, WebhookError> {
  return err(webhookErrors.WEBHOOK_ENDPOINT_UNKNOWN(`There is no ${id} of yours.`));
}
