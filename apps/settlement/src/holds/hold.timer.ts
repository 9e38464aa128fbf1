import { Jobs } from '@hetao/runtime';
import { Injectable } from '@nestjs/common';
import { ExpireHolds } from './hold.use-cases.js';

const EVERY_MS = 1_000;

/** What expires is free again about a second later; nothing can be posted from it in between. */
@Injectable()
export class HoldTimer {
  constructor(jobs: Jobs, expire: ExpireHolds) {
    jobs.every({
      name: 'settlement: expiry of holds',
      intervalMs: EVERY_MS,
      alone: true,
      work: () => expire.execute(),
    });
  }
}
