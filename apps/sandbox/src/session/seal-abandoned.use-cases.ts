import { existsSync } from 'node:fs';
import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK, SERVICE_CONFIG } from '@hetao/runtime';
import { closeAbandoned } from '../recording/abandoned.recording.js';
import { recordingFile } from '../recording/recording.writer.js';
import type { SandboxConfig } from '../sandbox.config.js';
import { recordingsFolder } from './live-sessions.register.js';
import { SessionRepository } from './session.repository.js';
import { stepSession, type PixelSession } from './session.js';

const BATCH = 20;
const HOUSE = 'sandbox';

/** Ends and seals sessions whose process has gone without a word: else they would count as live for ever. */
@Injectable()
export class SealAbandoned {
  readonly #uow: UnitOfWork;
  readonly #sessions: SessionRepository;
  readonly #config: SandboxConfig;
  readonly #clock: Clock;

  constructor(
    uow: UnitOfWork,
    sessions: SessionRepository,
    @Inject(SERVICE_CONFIG) config: SandboxConfig,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#uow = uow;
    this.#sessions = sessions;
    this.#config = config;
    this.#clock = clock;
  }

  /** One turn: so many, each in a transaction of its own. */
  async execute(): Promise<void> {
    const abandoned = await this.#uow.run((tx) => this.#sessions.abandoned(tx, BATCH));
    for (const id of abandoned) await this.#uow.run((tx) => this.#seal(tx, id));
  }

  async #seal(tx: Tx, id: string): Promise<void> {
    const session = await this.#sessions.load(tx, id);
    if (session === null) return;
    const at = this.#clock.now();
    const ended = await this.#end(tx, session, at);
    const path = recordingFile(recordingsFolder(this.#config), id);
    // A session that failed before its recording began has shown nothing.
    if (ended.status === 'failed' || !existsSync(path)) return;
    const checkpoints = await this.#sessions.checkpoints(tx, id);
    const last = checkpoints.at(-1);
    if (last?.closed !== true) {
      const house = { at, signingKey: this.#config.SANDBOX_RECEIPT_KEY };
      await this.#sessions.addCheckpoint(tx, await closeAbandoned(path, { session: id, last }, house));
    }
    await this.#step(tx, ended, 'seal', at);
  }

  async #end(tx: Tx, session: PixelSession, at: Date): Promise<PixelSession> {
    if (session.status === 'ended' || session.status === 'terminated') return session;
    return this.#step(tx, session, session.status === 'provisioning' ? 'fail' : 'end', at);
  }

  async #step(tx: Tx, session: PixelSession, command: 'fail' | 'end' | 'seal', at: Date): Promise<PixelSession> {
    const note = 'its process was not heard of any more';
    const after = stepSession(session, command, at.toISOString(), note);
    if (!after.ok) return session;
    await this.#sessions.update(tx, after.value, { command, at, by: HOUSE, note });
    return after.value;
  }
}
