import { TenantIsolation } from '@hetao/persistence';
import { settlementTenancy } from '../settlement.tenancy.js';

/** Whose rows the database itself keeps from others. */
export class IsolateTenants1764700000042 extends TenantIsolation {
  protected readonly tenancy = settlementTenancy;
}
