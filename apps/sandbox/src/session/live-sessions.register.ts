import { createHmac, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER, SERVICE_CONFIG } from '@hetao/runtime';
import { EPOCH_MINUTES, MarkClock } from '../pixel/mark.clock.js';
import { markPattern } from '../pixel/mark-pattern.codec.js';
import { screenSize, tileGrid } from '../pixel/tiles.js';
import { newRecordingKey } from '../recording/recording-key.codec.js';
import { RecordingWriter } from '../recording/recording.writer.js';
import type { SandboxConfig } from '../sandbox.config.js';
import { LiveSession } from './live.session.js';
import { ScreenMaker } from './screen.maker.js';
import { HouseSessions } from './session-house.use-cases.js';
import type { PixelSession, SessionStatus } from './session.js';

const MINUTE_MS = 60_000;

/** The sessions that run in this process. */
@Injectable()
export class LiveSessions implements BeforeApplicationShutdown {
  readonly #house: HouseSessions;
  readonly #screens: ScreenMaker;
  readonly #config: SandboxConfig;
  readonly #logger: Logger;
  readonly #running = new Map<string, LiveSession>();
  /** Names this process in the leases of its sessions. */
  readonly holder = randomUUID();

  constructor(
    house: HouseSessions,
    screens: ScreenMaker,
    @Inject(SERVICE_CONFIG) config: SandboxConfig,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.#house = house;
    this.#screens = screens;
    this.#config = config;
    this.#logger = logger;
  }

  of(id: string): LiveSession | undefined {
    return this.#running.get(id);
  }

  /** Provides what an approved session needs and begins its recording. @throws when something of it cannot be had. */
  async open(session: PixelSession): Promise<void> {
    const { id } = session;
    const grid = tileGrid(screenSize);
    const { SANDBOX_SESSION_IDLE_MS: idleMs, SANDBOX_SESSION_MAX_MS: maxMs } = this.#config;
    const { key, wrapped } = newRecordingKey(this.#keys(), id);
    const { width, height, tile } = grid;
    const head = { session: id, startedAt: new Date(now()).toISOString(), width, height, tile, wrappedKey: wrapped };
    const recording = await RecordingWriter.begin(this.#place(), head, key);
    const live = new LiveSession({
      ...{ id, grid, recording, recordingKey: inputKey(key), limits: { idleMs, maxMs }, now, logger: this.#logger },
      source: this.#screens.screenOf(session, grid),
      marks: this.#marks(session),
      house: {
        step: (command, note) => this.#house.step(id, command, note),
        keepCheckpoint: (checkpoint) => this.#house.keepCheckpoint(checkpoint),
        renew: () => this.#house.renew(id, this.holder),
        sealed: async () => {
          await this.#house.step(id, 'seal', 'the recording is closed and signed');
          this.#running.delete(id);
        },
      },
    });
    this.#running.set(id, live);
    await live.begin();
  }

  /** Somebody has taken a session a step on; if it runs here it hears of it at once, elsewhere with its next lease. */
  heard(id: string, status: SessionStatus): void {
    this.#running.get(id)?.become(status);
  }

  /** What runs here cannot run on without this process: it ends and is sealed. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([...this.#running.values()].map((live) => live.close('service_stopped')));
  }

  #marks(session: PixelSession): MarkClock {
    const grid = tileGrid(screenSize);
    const stretches = Math.ceil(this.#config.SANDBOX_SESSION_MAX_MS / (EPOCH_MINUTES * MINUTE_MS)) + 1;
    const epochs = Array.from({ length: stretches }, (_, stretch) => session.firstEpoch + stretch);
    const viewer = { name: session.personName, organisation: session.organisationId, session: session.id };
    const pattern = markPattern(this.#config.SANDBOX_MARK_KEY, screenSize);
    return new MarkClock(grid, pattern, viewer, { startMs: now(), epochs });
  }

  #keys() {
    return {
      shenzhen: this.#config.SANDBOX_RECORDING_KEY_SHENZHEN,
      hongKong: this.#config.SANDBOX_RECORDING_KEY_HONG_KONG,
    };
  }

  #place() {
    return {
      folder: recordingsFolder(this.#config),
      signingKey: this.#config.SANDBOX_RECEIPT_KEY,
      maxBytes: this.#config.SANDBOX_RECORDING_MAX_MIB * 1024 * 1024,
    };
  }
}

export function recordingsFolder({ SANDBOX_DATA_DIR }: SandboxConfig): string {
  return join(SANDBOX_DATA_DIR, 'recordings');
}

/** The wall's clock as it was at the start of the process, going on evenly: nothing a session counts runs backwards. */
function now(): number {
  return performance.timeOrigin + performance.now();
}

function inputKey(recordingKey: Buffer): Buffer {
  return createHmac('sha256', recordingKey).update('hetao recording input digest 1').digest();
}
