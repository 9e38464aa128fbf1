import { defineService } from '@hetao/runtime';
import { ApiKeyRow } from './api-key/api-key.entity.js';
import { gatewayTenancy } from './database/gateway.tenancy.js';
import { gatewayMigrations } from './database/migrations/index.js';
import { gatewaySettings } from './gateway.config.js';
import { configureHttp } from './gateway.http.js';
import { GatewayModule } from './gateway.module.js';
import { AccountRow } from './identity/account.entity.js';
import { formLimitBytes, formMediaType } from './page/form.dto.js';
import { CallerRegister } from './session/caller.register.js';

/** Longer than the patience with any service, so that its own problem is told and not ours. */
const HANDLER_TIMEOUT_MS = 75_000;

/** The only public door: sign-in, API keys, routing, limits, documentation, the first page. */
export const gatewayService = defineService({
  name: 'gateway',
  module: GatewayModule,
  config: gatewaySettings,
  entities: [AccountRow, ApiKeyRow],
  migrations: gatewayMigrations,
  tenancy: gatewayTenancy,
  bodyParsers: [{ mediaType: formMediaType, as: 'text', limitBytes: formLimitBytes }],
  callerResolver: CallerRegister,
  configureHttp,
  handlerTimeoutMs: HANDLER_TIMEOUT_MS,
  isDoor: true,
});
