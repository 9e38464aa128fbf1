import { Inject, Injectable } from '@nestjs/common';
import { DomainException } from '@hetao/kernel';
import { isDatabaseUnavailable, UnitOfWork } from '@hetao/persistence';
import { SERVICE_CONFIG } from '@hetao/runtime';
import type { MeteringConfig } from '../metering.config.js';
import { receiptDay } from '../storage/batch-no.js';
import { Partitions } from '../storage/partition.repository.js';
import { KeysTaken } from './claim-keys.use-cases.js';
import { CountUsage } from './count-usage.use-cases.js';
import type { Counted, IntakeReceipt, Submission } from './submission.types.js';
import { usageBodyErrors } from './usage-event.errors.js';

/** Most requests that wait, however small they are. */
const MAX_WAITING_REQUESTS = 4_000;
/** Most events and requests of one transaction. */
const MAX_GROUP_EVENTS = 5_000;
const MAX_GROUP_REQUESTS = 400;
/** A request that waited so long for a lane gets one of its own: what is in the others may be waiting for a lock. */
const PATIENCE_MS = 250;

interface Waiting {
  readonly submission: Submission;
  /** performance.now() when it came. */
  readonly since: number;
  readonly resolve: (counted: Counted) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets requests that arrive together share a transaction: a commit costs the same for one event and for five thousand.
 * Another lane is opened when a whole group waits, not before: the fewer the groups, the less each event costs.
 * It is bounded, so that a database that falls behind slows its senders down instead of filling the memory.
 */
@Injectable()
export class CountingQueue {
  readonly #waiting: Waiting[] = [];
  #waitingEvents = 0;
  #running = 0;
  #reminder: NodeJS.Timeout | undefined;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly counting: CountUsage,
    private readonly partitions: Partitions,
    @Inject(SERVICE_CONFIG) private readonly config: Pick<MeteringConfig, 'METERING_LANES' | 'METERING_QUEUE_EVENTS'>,
  ) {}

  /** @throws DomainException USAGE_BACKLOG_FULL when there is no room for another request. */
  assertRoom(): void {
    const { length } = this.#waiting;
    if (length < MAX_WAITING_REQUESTS && this.#waitingEvents < this.config.METERING_QUEUE_EVENTS) return;
    throw new DomainException(
      usageBodyErrors.USAGE_BACKLOG_FULL(`${this.#waitingEvents} events of ${length} requests wait to be counted.`, {
        meta: { retry_after_seconds: 1 },
      }),
    );
  }

  /**
   * Counts a submission, together with whatever else waits; resolves when it is durable.
   *
   * @throws DomainException USAGE_BACKLOG_FULL; what the database threw, and then nothing of it was counted.
   */
  async submit(submission: Submission): Promise<IntakeReceipt> {
    this.assertRoom();
    const counted = await new Promise<Counted>((resolve, reject) => {
      this.#waiting.push({ submission, since: performance.now(), resolve, reject });
      this.#waitingEvents += submission.events.length;
      this.#start();
    });
    return { ...counted, pending: 0 };
  }

  #start(): void {
    const [oldest] = this.#waiting;
    if (!oldest || this.#running >= this.config.METERING_LANES) return;
    const isFull = this.#waitingEvents >= MAX_GROUP_EVENTS || this.#waiting.length >= MAX_GROUP_REQUESTS;
    const hasWaited = performance.now() - oldest.since >= PATIENCE_MS;
    if (this.#running > 0 && !isFull && !hasWaited) return this.#remind();
    this.#running += 1;
    void this.#run();
  }

  /** Looks again whether somebody has waited too long for a transaction that does not end. */
  #remind(): void {
    if (this.#reminder) return;
    this.#reminder = setTimeout(() => {
      this.#reminder = undefined;
      this.#start();
    }, PATIENCE_MS).unref();
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) await this.#countGroup(this.#take());
    this.#running -= 1;
  }

  #take(): readonly Waiting[] {
    let events = 0;
    let size = 0;
    for (const { submission } of this.#waiting) {
      events += submission.events.length;
      if (size > 0 && (events > MAX_GROUP_EVENTS || size >= MAX_GROUP_REQUESTS)) break;
      size += 1;
    }
    const group = this.#waiting.splice(0, size);
    for (const { submission } of group) this.#waitingEvents -= submission.events.length;
    return group;
  }

  /** Never rejects: each request of the group gets its answer or its error. */
  async #countGroup(group: readonly Waiting[]): Promise<void> {
    try {
      const counted = await this.#count(group.map(({ submission }) => submission));
      group.forEach(({ resolve }, at) => resolve(counted[at] as Counted));
    } catch (error) {
      // A fault that one request brought must not fail those that happened to come with it.
      const isShared = group.length === 1 || isDatabaseUnavailable(error) || isUnavailable(error);
      if (!isShared) return this.#countOneByOne(group);
      for (const { reject } of group) reject(error);
    }
  }

  async #countOneByOne(group: readonly Waiting[]): Promise<void> {
    for (const one of group) await this.#countGroup([one]);
  }

  async #count(submissions: readonly Submission[]): Promise<readonly Counted[]> {
    const days = new Set(submissions.map(({ receivedAtMs }) => receiptDay(receivedAtMs)));
    for (const day of days) await this.partitions.ensure(day);
    for (let attempt = 0; ; attempt += 1) {
      const mode = this.counting.mode(attempt);
      try {
        return await this.uow.run((tx) => this.counting.execute(tx, submissions, mode));
      } catch (error) {
        if (!(error instanceof KeysTaken)) throw error;
      }
    }
  }
}

/** The connection was lost, or nobody knows whether the commit went through: no request brought that. */
function isUnavailable(error: unknown): boolean {
  return error instanceof DomainException && error.problem.kind === 'unavailable';
}
