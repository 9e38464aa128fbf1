import type { Consumer } from '@hetao/messaging';
import type { Database } from '@hetao/persistence';
import { within } from './within.js';

/** Where a service is in its life. Requests are served from `running` until `closing`. */
export type ServicePhase = 'starting' | 'running' | 'draining' | 'closing';

/** One thing that has to be right before traffic may come. */
export interface ReadinessCheck {
  readonly ok: boolean;
  readonly detail: string;
}

/** Answer of /readyz. */
export interface ReadinessReport {
  readonly ready: boolean;
  readonly phase: ServicePhase;
  readonly checks: Readonly<Record<string, ReadinessCheck>>;
}

/** What readiness looks at, as far as it exists yet. */
export interface ReadinessSources {
  readonly database: Database;
  readonly consumer: () => Consumer | undefined;
  readonly relay: () => ReadinessCheck;
}

const PING_WITHIN_MS = 2_000;

/** Knows whether a service may get traffic: database, migrations, consumers that progress, relay. */
export class Readiness {
  readonly #sources: ReadinessSources;
  #phase: ServicePhase = 'starting';
  #pending: readonly string[] | undefined;

  constructor(sources: ReadinessSources) {
    this.#sources = sources;
  }

  get phase(): ServicePhase {
    return this.#phase;
  }

  enter(phase: ServicePhase): void {
    this.#phase = phase;
  }

  /** Notes which migrations the database still lacks. */
  pendingMigrations(names: readonly string[]): void {
    this.#pending = names;
  }

  async report(): Promise<ReadinessReport> {
    const checks = {
      phase: { ok: this.#phase === 'running', detail: this.#phase },
      database: await this.#database(),
      migrations: this.#migrations(),
      consumers: this.#consumers(),
      relay: this.#sources.relay(),
    };
    return { ready: Object.values(checks).every((check) => check.ok), phase: this.#phase, checks };
  }

  async #database(): Promise<ReadinessCheck> {
    try {
      await within(PING_WITHIN_MS, this.#sources.database.ping());
      return { ok: true, detail: 'answers' };
    } catch (error) {
      return { ok: false, detail: error instanceof Error ? error.message : String(error) };
    }
  }

  #migrations(): ReadinessCheck {
    if (this.#pending === undefined) return { ok: false, detail: 'not looked at yet' };
    if (this.#pending.length === 0) return { ok: true, detail: 'none pending' };
    return { ok: false, detail: `pending: ${this.#pending.join(', ')}; run the service with "migrate"` };
  }

  #consumers(): ReadinessCheck {
    if (this.#phase === 'starting') return { ok: false, detail: 'not joined yet' };
    const consumer = this.#sources.consumer();
    // A service without handlers has nothing to join.
    if (consumer === undefined) return { ok: true, detail: 'none' };
    const { ready, detail, lag } = consumer.health();
    return { ok: ready, detail: lag === undefined ? detail : `${detail} (lag ${lag})` };
  }
}
