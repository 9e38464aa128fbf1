import { Module, type DynamicModule, type InjectionToken, type Provider, type Type } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import type { Logger } from 'pino';
import type { Clock } from '@hetao/kernel';
import type { Transport } from '@hetao/messaging';
import { UnitOfWork, type Database } from '@hetao/persistence';
import { DeadLetterController } from '../dead-letters/dead-letter.controller.js';
import { DeadLetterDesk } from '../dead-letters/dead-letter.desk.js';
import { IdempotencyInterceptor } from '../idempotency/idempotency.interceptor.js';
import { RequestUnitOfWork } from '../idempotency/request-unit-of-work.js';
import { Jobs } from '../jobs/jobs.js';
import { ServiceMetrics } from '../observe/metrics.js';
import { OpenApiController, OpenApiDocument } from '../observe/openapi.controller.js';
import { ProbesController } from '../observe/probes.controller.js';
import { Readiness } from '../observe/readiness.js';
import { StandingController } from '../standing/standing.controller.js';
import { StandingDesk } from '../standing/standing.desk.js';
import { CLOCK, DATABASE, LOGGER, METRICS, SERVICE_CONFIG, TRANSPORT } from './tokens.js';

/** The instances that one running service is made of. */
export interface RuntimeParts {
  readonly database: Database;
  readonly transport: Transport;
  readonly uow: RequestUnitOfWork;
  readonly clock: Clock;
  readonly config: unknown;
  readonly logger: Logger;
  readonly metrics: ServiceMetrics;
  readonly readiness: Readiness;
  readonly openApi: OpenApiDocument;
}

type SharedProvider = Provider & { readonly provide: InjectionToken };

/** Gives every feature module of a service what the runtime provides. */
@Module({})
export class RuntimeModule {
  /** @param isDoor the gateway speaks for all services where every other one speaks for itself. */
  static with(parts: RuntimeParts, isDoor: boolean): DynamicModule {
    const shared = [
      { provide: DATABASE, useValue: parts.database },
      { provide: TRANSPORT, useValue: parts.transport },
      { provide: RequestUnitOfWork, useValue: parts.uow },
      { provide: UnitOfWork, useExisting: RequestUnitOfWork },
      { provide: CLOCK, useValue: parts.clock },
      { provide: SERVICE_CONFIG, useValue: parts.config },
      { provide: LOGGER, useValue: parts.logger },
      { provide: METRICS, useValue: parts.metrics.registry },
      { provide: ServiceMetrics, useValue: parts.metrics },
      { provide: Readiness, useValue: parts.readiness },
      { provide: OpenApiDocument, useValue: parts.openApi },
    ];
    const alone = [OpenApiController, DeadLetterController, StandingController];
    return around(shared, isDoor ? [ProbesController] : [ProbesController, ...alone]);
  }

  /** For a service that is described, not run: the modules find every name they ask for, and nothing behind it. */
  static described(): DynamicModule {
    const names = [DATABASE, TRANSPORT, RequestUnitOfWork, UnitOfWork, CLOCK, SERVICE_CONFIG, LOGGER, METRICS];
    const own = [ServiceMetrics, Readiness, OpenApiDocument];
    const shared = [...names, ...own].map((provide) => ({ provide, useValue: undefined }));
    return around(shared, []);
  }
}

function around(shared: readonly SharedProvider[], controllers: readonly Type<unknown>[]): DynamicModule {
  return {
    module: RuntimeModule,
    global: true,
    imports: [DiscoveryModule],
    controllers: [...controllers],
    providers: [...shared, DeadLetterDesk, StandingDesk, IdempotencyInterceptor, Jobs],
    exports: [...shared.map((provider) => provider.provide), DeadLetterDesk, StandingDesk, Jobs],
  };
}

/** The module Nest starts from: the runtime beside the service's own. */
@Module({})
export class ServiceRoot {
  static of(runtime: DynamicModule, service: Type<unknown>): DynamicModule {
    return { module: ServiceRoot, imports: [runtime, service] };
  }
}
