import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenants } from '@hetao/persistence';
import { gatewayTenancy } from '../gateway.tenancy.js';

/** The database itself holds back rows of other organisations, as the second wall behind the queries. */
export class IsolateTenants1764600000000 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return isolateTenants(runner, gatewayTenancy);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward.'));
  }
}
