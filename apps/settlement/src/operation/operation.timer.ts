import { Jobs } from '@hetao/runtime';
import { Injectable } from '@nestjs/common';
import { RunImport } from './run-import.use-case.js';

const EVERY_MS = 250;

/** Operations are begun, and gone on with after a crash, by whichever process is free. */
@Injectable()
export class OperationTimer {
  constructor(jobs: Jobs, run: RunImport) {
    jobs.every({
      name: 'settlement: imports of bank statements',
      intervalMs: EVERY_MS,
      alone: true,
      work: () => run.execute(),
    });
  }
}
