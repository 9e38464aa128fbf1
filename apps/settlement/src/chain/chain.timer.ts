import { Jobs } from '@hetao/runtime';
import { Injectable } from '@nestjs/common';
import { SealLedger } from './chain.use-cases.js';

const EVERY_MS = 1_000;
/** One turn catches up with a run of postings without holding a connection for minutes. */
const MAX_SEGMENTS = 20;

/** Nothing recorded stays out of the chain for longer than about a second. */
@Injectable()
export class ChainTimer {
  constructor(jobs: Jobs, seal: SealLedger) {
    jobs.every({
      name: 'settlement: sealing of the ledger',
      intervalMs: EVERY_MS,
      work: async () => {
        for (let turn = 0; turn < MAX_SEGMENTS; turn += 1) if ((await seal.execute()) === 0) return;
      },
    });
  }
}
