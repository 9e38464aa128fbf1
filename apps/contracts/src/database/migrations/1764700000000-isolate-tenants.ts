import { TenantIsolation } from '@hetao/persistence';
import { contractsTenancy } from '../contracts.tenancy.js';

/** Whose rows the database itself keeps from others. */
export class IsolateTenants1764700000000 extends TenantIsolation {
  protected readonly tenancy = contractsTenancy;
}
