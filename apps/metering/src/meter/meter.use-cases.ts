import { Inject, Injectable } from '@nestjs/common';
import { type Clock, ok, type Result } from '@hetao/kernel';
import { type Database, UnitOfWork } from '@hetao/persistence';
import { type CallerIdentity, CLOCK, DATABASE } from '@hetao/runtime';
import { checkMeter, type MeterDefinition, type MeterVersion } from './meter.js';
import type { MeterError } from './meter.errors.js';
import { MeterRepository } from './meter.repository.js';

/** Publishing and reading what meters mean. */
@Injectable()
export class Meters {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly meters: MeterRepository,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(DATABASE) private readonly database: Database,
  ) {}

  /** Publishes the next version: an operator the exchange's own, a merchant one for his agreements. */
  async publish(definition: MeterDefinition, caller: CallerIdentity): Promise<Result<MeterVersion, MeterError>> {
    const checked = checkMeter(definition);
    if (!checked.ok) return checked;
    const ownerId = caller.personas.includes('operator') ? null : caller.organisationId;
    const published = { at: this.clock.now(), by: caller.subject };
    return ok(await this.uow.run((tx) => this.meters.add(tx.client, ownerId, definition, published)));
  }

  /** The exchange’s definitions and those of the caller’s organisation. */
  async list(
    caller: CallerIdentity,
    after: readonly [string, string, number] | undefined,
    limit: number,
  ): Promise<readonly MeterVersion[]> {
    const owners = [null, caller.organisationId];
    return this.database.withClient((client) => this.meters.list(client, owners, after, limit));
  }

  /** The definitions that bind an agreement. */
  async binding(agreementId: string): Promise<readonly MeterVersion[]> {
    return this.database.withClient((client) => this.meters.binding(client, agreementId));
  }
}
