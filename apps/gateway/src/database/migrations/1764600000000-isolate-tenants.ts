import { TenantIsolation } from '@hetao/persistence';
import { gatewayTenancy } from '../gateway.tenancy.js';

/** Whose rows the database itself keeps from others. */
export class IsolateTenants1764600000000 extends TenantIsolation {
  protected readonly tenancy = gatewayTenancy;
}
