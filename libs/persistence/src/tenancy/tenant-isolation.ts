import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenants, type Tenancy } from './tenant-policies.js';

/**
 * A migration that lets the database itself hold back rows of other organisations, as the second wall behind the
 * queries: for the tables of the list that have no policy yet.
 */
export abstract class TenantIsolation implements MigrationInterface {
  protected abstract readonly tenancy: Tenancy;

  up(runner: QueryRunner): Promise<void> {
    return isolateTenants(runner, this.tenancy);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only; write a new one that undoes this.'));
  }
}
