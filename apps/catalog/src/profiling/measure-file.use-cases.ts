import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Clock, Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { CLOCK, SERVICE_CONFIG } from '@hetao/runtime';
import type { CatalogConfig } from '../catalog.config.js';
import { DuckdbSession, SessionEnded } from './duckdb.session.js';
import { writeReadable } from './file.reader.js';
import { profileErrors, type ProfileError } from './profile.errors.js';
import type { Profile } from './profile.js';
import { ProfileRepository } from './profile.repository.js';
import type { ProfileResult } from './profile.result.js';
import { profileTable } from './table.profiler.js';

const DAY_MS = 24 * 3_600_000;
/** A process that says nothing of a file for so long is gone. */
const HELD_MS = 60_000;
const TELL_MS = 2_000;
/** Parquet and CSV are read by this many threads beside the service's own. */
const THREADS = 2;

/** Measures files one after the other, each in a folder and a process of its own that end with it. */
@Injectable()
export class MeasureFile implements OnModuleDestroy {
  readonly #uow: UnitOfWork;
  readonly #profiles: ProfileRepository;
  readonly #config: CatalogConfig;
  readonly #clock: Clock;
  #session: DuckdbSession | undefined;
  #stopping = false;

  constructor(
    uow: UnitOfWork,
    profiles: ProfileRepository,
    @Inject(SERVICE_CONFIG) config: CatalogConfig,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#uow = uow;
    this.#profiles = profiles;
    this.#config = config;
    this.#clock = clock;
  }

  /** One turn: the next file that waits, if there is one; and those nobody will finish. */
  async work(): Promise<void> {
    await this.#giveUp();
    const at = this.#clock.now();
    const profile = this.#stopping ? undefined : await this.#uow.run((tx) => this.#profiles.begin(tx, at, held(at)));
    if (profile !== undefined) await this.#measure(profile);
  }

  /** A stop does not wait for a file: another process, or the next start, begins it anew. */
  onModuleDestroy(): void {
    this.#stopping = true;
    this.#session?.close();
  }

  async #measure(profile: Profile): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'hetao-profile-'));
    const telling = new Telling((percent) => this.#tell(profile.id, percent));
    try {
      const measured = await this.#measured(profile, folder, telling);
      const at = this.#clock.now();
      await this.#uow.run((tx) =>
        measured.ok
          ? this.#profiles.complete(tx, profile.id, measured.value, at)
          : this.#profiles.fail(tx, profile.id, problemOf(measured.error), at),
      );
    } catch (error) {
      if (!(error instanceof SessionEnded) || error.why !== 'stopped') throw error;
      await this.#uow.run((tx) => this.#profiles.release(tx, profile.id));
    } finally {
      await telling.end();
      await rm(folder, { recursive: true, force: true });
    }
  }

  async #measured(profile: Profile, folder: string, telling: Telling): Promise<Result<ProfileResult, ProfileError>> {
    const { id, format, encoding, nextOffset, renewedEveryDays } = profile;
    const path = join(folder, `file.${format}`);
    const written = await writeReadable(this.#profiles.parts(id), { path, format, encoding });
    if (!written.ok) return written;
    const limits = {
      files: [path],
      tempDir: folder,
      memoryBytes: this.#config.PROFILE_MEMORY_MB * 1024 * 1024,
      tempBytes: this.#config.PROFILE_TEMP_MB * 1024 * 1024,
      timeMs: this.#config.PROFILE_TIME_S * 1000,
      threads: THREADS,
    };
    const session = new DuckdbSession(limits, (percent) => telling.hear(percent));
    this.#session = session;
    if (this.#stopping) session.close();
    try {
      const today = this.#clock.now();
      return await profileTable(session, {
        path,
        format,
        encoding: written.value,
        bytes: nextOffset,
        renewedEveryDays,
        today,
      });
    } finally {
      session.close();
      this.#session = undefined;
    }
  }

  async #tell(id: string, percent: number): Promise<void> {
    await this.#uow.run((tx) => this.#profiles.advance(tx, id, percent, held(this.#clock.now())));
  }

  async #giveUp(): Promise<void> {
    const at = this.#clock.now();
    await this.#uow.run(async (tx) => {
      for (const { id, state } of await this.#profiles.hopeless(tx, at, new Date(at.getTime() - DAY_MS))) {
        const problem =
          state === 'open'
            ? profileErrors.PROFILE_ABANDONED('No last part came within a day.')
            : profileErrors.PROFILE_INTERRUPTED('Every process that measured it went away.');
        await this.#profiles.fail(tx, id, problemOf(problem), at);
      }
    });
  }
}

/** Passes on progress every few seconds, also when there is none: it tells that somebody is at it. */
class Telling {
  readonly #tell: (percent: number) => Promise<void>;
  readonly #timer: NodeJS.Timeout;
  #percent = 0;
  #telling: Promise<void> = Promise.resolve();

  constructor(tell: (percent: number) => Promise<void>) {
    this.#tell = tell;
    this.#timer = setInterval(() => {
      // A database that is away now may be back at the next turn; if not, the end of the work will tell.
      this.#telling = this.#telling.then(() => this.#tell(this.#percent)).catch(() => undefined);
    }, TELL_MS).unref();
  }

  hear(percent: number): void {
    this.#percent = Math.min(99, Math.max(this.#percent, percent));
  }

  async end(): Promise<void> {
    clearInterval(this.#timer);
    await this.#telling;
  }
}

function held(at: Date): Date {
  return new Date(at.getTime() + HELD_MS);
}

function problemOf({ code, title, detail, fix }: ProfileError) {
  return { code, title, detail, fix };
}
