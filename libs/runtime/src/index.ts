export { booleanSetting, demoDefault, integerSetting, listSetting, secret } from './config/settings.js';
export { environment, type EnvironmentRecord } from './config/environment.js';
export { ConfigError, EXIT_CONFIG, loadConfig, type ConfigProblem } from './config/load-config.js';
export { commonConfig, commonSettings, databaseConfig, type CommonConfig } from './config/common-config.js';

export {
  defineService,
  type HttpContext,
  type ServiceDefinition,
  type ServiceSpec,
  type SettingsSchema,
} from './service/service-definition.js';
export { runService, serviceConfig } from './service/run-service.js';
export { startService, type StartOptions } from './service/start-service.js';
export { describeService } from './service/describe-service.js';
export { hostServices, type HostedServices, type HostOptions, type ServiceUrls } from './service/host-services.js';
export type { OnServiceOpen } from './service/opening.js';
export type { RunningService } from './service/service-life.js';
export { superviseProcess, type Supervision } from './service/supervise.js';
export { PortTakenError } from './service/listen.js';
export { CLOCK, DATABASE, LOGGER, METRICS, SERVICE_CONFIG, TRANSPORT } from './service/tokens.js';

export { DeadLetterDesk } from './dead-letters/dead-letter.desk.js';
export { StandingDesk } from './standing/standing.desk.js';
export { serviceStandingDto, type ServiceStandingDto } from './standing/standing.dto.js';
export {
  deadLetterDetailDto,
  deadLetterFilters,
  deadLetterListDto,
  deadLetterPageDto,
  type DeadLetterDetailDto,
  type DeadLetterDto,
  type DeadLetterListDto,
  type DeadLetterPageDto,
  type DeadLetterQueryDto,
} from './dead-letters/dead-letter.dto.js';
export { Jobs, type Job } from './jobs/jobs.js';
export { Handles, HandlesBatch } from './messaging/handles.decorator.js';

export {
  Allow,
  everyone,
  Public,
  rawRoute,
  Scope,
  type AllowedCaller,
  type RoutePolicy,
} from './caller/route-policy.js';
export { Caller, callerOf } from './caller/caller.decorator.js';
export { personas, type CallerIdentity, type Persona } from './caller/caller-identity.js';
export type { CallerResolver } from './caller/caller-resolver.js';
export { callerErrors } from './caller/caller.errors.js';
export {
  CALLER_HEADER,
  callerVerifier,
  generateCallerKeys,
  signCaller,
  verifyCaller,
  type CallerVerifier,
} from './caller/caller-token.js';
export { routesOf, type ServiceRoute } from './caller/routes.js';

export { type BodyParser } from './http/body-parsers.js';
export {
  afterCursor,
  cursorPage,
  cursorQuery,
  pageOf,
  type ListFilter,
  type Page,
  type SortKey,
} from './http/cursor.js';
export { idParam, idSchema } from './http/ids.js';
export { moneyDto, toMoneyDto, type MoneyDto } from './http/money.js';
export { instant, localized, longText, reasonDto, text } from './http/text.js';
export { httpErrors } from './http/http.errors.js';
export { problemOf, PROBLEM_MEDIA_TYPE, STATUS_BY_KIND, type Problem } from './http/problem.js';
export { answerFailure, sendProblem } from './http/problem.filter.js';
export { assertVersion, etagOf, IfMatch, versionIn } from './http/versions.js';
export { openApiOf } from './http/openapi.js';
export { OpenApiDocument } from './observe/openapi.controller.js';

export { Idempotent, Repeatable } from './idempotency/idempotent.decorator.js';
export { idempotencyErrors } from './idempotency/idempotency.errors.js';
export { runtimeMigrations } from './idempotency/idempotency-keys.migration.js';

export { createLogger } from './observe/logger.js';
export { activeTraceId, traceIdOf } from './observe/trace-id.js';
export { flushTelemetry, traceHeaders } from './telemetry/flush.js';

export {
  guardedAgent,
  isPublicAddress,
  PrivateAddressError,
  type GuardedAgentOptions,
} from './outside/guarded-agent.js';
