import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@hetao/kernel';
import { CLOCK, SERVICE_CONFIG } from '@hetao/runtime';
import type { GatewayConfig } from '../gateway.config.js';

/** What every decision about accounts goes by: the time, and whether this is a demonstration. */
@Injectable()
export class IdentityRules {
  readonly clock: Clock;
  readonly demo: boolean;
  /** The organisation of operators and auditors, which is no participant. */
  readonly exchange: string;

  constructor(@Inject(CLOCK) clock: Clock, @Inject(SERVICE_CONFIG) config: GatewayConfig) {
    this.clock = clock;
    this.demo = config.DEMO;
    this.exchange = config.EXCHANGE_ORGANISATION_ID;
  }
}
