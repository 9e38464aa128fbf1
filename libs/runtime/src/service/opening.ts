import type { INestApplicationContext } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';

/**
 * Implemented by a provider that has to prepare something in the database before traffic comes: seeds, first accounts.
 * Nest's own init hooks come too early for that: with MIGRATE=off the tables may not be there yet.
 */
export interface OnServiceOpen {
  /** Called once per start, when all migrations have run; the service opens when it is done, and fails to when it throws. */
  onServiceOpen(): Promise<void>;
}

/** Runs the opening hooks of all providers, one after the other. */
export async function runOpeningHooks(app: INestApplicationContext): Promise<void> {
  for (const { instance } of app.get(DiscoveryService).getProviders()) {
    if (opensService(instance)) await instance.onServiceOpen();
  }
}

function opensService(instance: unknown): instance is OnServiceOpen {
  return (
    typeof instance === 'object' &&
    instance !== null &&
    'onServiceOpen' in instance &&
    typeof instance.onServiceOpen === 'function'
  );
}
