/** Injects the `Database` of the service: `@Inject(DATABASE) database: Database`. For reads; writes go through the UnitOfWork. */
export const DATABASE = Symbol('hetao.database');

/** Injects the `Clock`. The only source of business time. */
export const CLOCK = Symbol('hetao.clock');

/** Injects the service's own parsed settings, the output of its `config` schema. */
export const SERVICE_CONFIG = Symbol('hetao.service-config');

/** Injects the pino `Logger` of the service. */
export const LOGGER = Symbol('hetao.logger');

/** Injects the prom-client `Registry` of the service, for business metrics. */
export const METRICS = Symbol('hetao.metrics');

/** Injects the `Transport` on which the service runs, for what goes beside its events: logs of packs. */
export const TRANSPORT = Symbol('hetao.transport');
