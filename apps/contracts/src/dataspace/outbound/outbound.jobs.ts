import { Injectable } from '@nestjs/common';
import { Jobs } from '@hetao/runtime';
import { OutboundCourier } from './outbound.courier.js';
import { OutboundRepository } from './outbound.repository.js';

const KEPT_DAYS = 90;
const BATCH = 5_000;
const ADOPT_MS = 60_000;
const FORGET_MS = 3_600_000;

/** What no commit and no timer of this process wakes: messages of a replica that died, and old ones. */
@Injectable()
export class OutboundJobs {
  constructor(jobs: Jobs, courier: OutboundCourier, messages: OutboundRepository) {
    jobs.every({
      name: 'contracts: messages of replicas that died',
      intervalMs: ADOPT_MS,
      work: () => Promise.resolve(courier.wakeIn(0)),
    });
    jobs.every({
      name: 'contracts: old messages to peers',
      intervalMs: FORGET_MS,
      alone: true,
      work: () => messages.forget(KEPT_DAYS, BATCH),
    });
  }
}
