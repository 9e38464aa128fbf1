import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { OpenApiDocument, SERVICE_CONFIG } from '@hetao/runtime';
import { openServices, type GatewayConfig } from '../gateway.config.js';
import type { ServiceName } from '../routing/route-table.js';
import { ServiceClient } from '../routing/service.client.js';
import { cookieNames } from '../session/session.cookie.js';
import { isObject, type ServiceDocument } from './openapi-merge.js';
import { publicDocument } from './public.document.js';

/** The public document as it is sent. */
export interface PublicDocument {
  readonly text: string;
  readonly etag: string;
  /** Services whose part is missing since they were never reached. */
  readonly missing: readonly ServiceName[];
}

/** A complete document changes with a deployment only; an incomplete one as soon as the missing service is up. */
const COMPLETE_FOR_MS = 60_000;
const INCOMPLETE_FOR_MS = 2_000;

/** Makes one OpenAPI document of what the services publish, and keeps it for a while. */
@Injectable()
export class PublicApi {
  readonly #config: GatewayConfig;
  readonly #services: ServiceClient;
  readonly #own: OpenApiDocument;
  readonly #known = new Map<ServiceName, ServiceDocument>();
  #current: PublicDocument | undefined;
  #freshUntilMs = 0;
  #refreshing: Promise<PublicDocument> | undefined;

  constructor(@Inject(SERVICE_CONFIG) config: GatewayConfig, services: ServiceClient, own: OpenApiDocument) {
    this.#config = config;
    this.#services = services;
    this.#own = own;
  }

  /** The document; a service that is away keeps the part it had. Many readers at once cost one round of questions. */
  document(): Promise<PublicDocument> {
    if (this.#current !== undefined && performance.now() < this.#freshUntilMs) return Promise.resolve(this.#current);
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async #refresh(): Promise<PublicDocument> {
    const services = openServices(this.#config);
    await Promise.all(services.map((service) => this.#ask(service)));
    const missing = services.filter((service) => !this.#known.has(service));
    const merged = publicDocument(this.#config.PUBLIC_URL, cookieNames(this.#config).session, {
      own: this.#own.json(),
      services: services.flatMap((service) => this.#known.get(service) ?? []),
    });
    const text = JSON.stringify(missing.length === 0 ? merged : { ...merged, 'x-missing-services': missing });
    const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
    this.#freshUntilMs = performance.now() + (missing.length === 0 ? COMPLETE_FOR_MS : INCOMPLETE_FOR_MS);
    this.#current = { text, etag, missing };
    return this.#current;
  }

  async #ask(service: ServiceName): Promise<void> {
    const answer = await this.#services.get(service, '/openapi.json');
    if (!answer.ok || answer.value.status !== 200 || !isObject(answer.value.body)) return;
    this.#known.set(service, { service, document: answer.value.body });
  }
}
