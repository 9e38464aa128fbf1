import { Inject, Injectable } from '@nestjs/common';
import { Jobs, SERVICE_CONFIG, type OnServiceOpen } from '@hetao/runtime';
import type { AttestationConfig } from '../attestation.config.js';
import { SealLog } from './seal-log.use-cases.js';

/** Seals again and again: nothing waits longer than the interval, and entries wait, durable, while sealing fails. */
@Injectable()
export class SealTimer implements OnServiceOpen {
  readonly #jobs: Jobs;
  readonly #seal: SealLog;
  readonly #config: AttestationConfig;

  constructor(jobs: Jobs, seal: SealLog, @Inject(SERVICE_CONFIG) config: AttestationConfig) {
    this.#jobs = jobs;
    this.#seal = seal;
    this.#config = config;
  }

  /** A service whose log does not fit its own checkpoint must not open: it would sign a fork. */
  async onServiceOpen(): Promise<void> {
    await this.#seal.open();
    const { ATTESTATION_SEAL_INTERVAL_MS: intervalMs } = this.#config;
    this.#jobs.every({ name: 'attestation: sealing', intervalMs, work: () => this.#seal.execute() });
  }
}
