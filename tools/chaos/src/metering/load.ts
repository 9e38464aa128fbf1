import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../random.js';
import type { Model } from '../usage/model.js';
import { bodyOf, type UsageBatch, type UsageMaker } from '../usage/usage.js';
import type { ChaosWorld } from './world.js';

/** How the sending went. */
export interface LoadFigures {
  batches: number;
  sent: number;
  /** Requests that got no answer, or one that says "later": sent again until they were answered. */
  repeated: number;
}

const SENDERS = 4;
const ANSWER_WITHIN_MS = 15_000;
const GIVE_UP_AFTER_MS = 180_000;
/** Pause between two requests of a sender: the load is to last for the whole campaign, not to fill a disk. */
const THINK_MS = 15;

/** Sends usage as clients do: whatever is not answered is sent again, as it was. */
export class Load {
  readonly figures: LoadFigures = { batches: 0, sent: 0, repeated: 0 };
  #isStopping = false;
  #lanes: Promise<void>[] = [];

  constructor(
    private readonly world: ChaosWorld,
    private readonly maker: UsageMaker,
    private readonly model: Model,
    private readonly random: Random,
  ) {}

  start(): void {
    this.#lanes = Array.from({ length: SENDERS }, () => this.#lane());
  }

  /** Lets every sender finish its request: at the end each event is either answered or was never sent. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.all(this.#lanes);
  }

  async #lane(): Promise<void> {
    while (!this.#isStopping) {
      const batch = this.maker.next();
      // The model is told first: the first of two events under one id is the one that a client sent first.
      for (const event of batch.events) this.model.count(event);
      await this.#untilAnswered(batch);
      this.maker.answered(batch);
      await pause(THINK_MS);
    }
  }

  async #untilAnswered(batch: UsageBatch): Promise<void> {
    const deadline = Date.now() + GIVE_UP_AFTER_MS;
    const body = bodyOf(batch);
    while (!(await this.#send(batch, body))) {
      this.figures.repeated += 1;
      if (Date.now() > deadline) throw new Error('A request was not answered for three minutes.');
      await pause(50 + this.random.between(0, 100));
    }
    this.figures.batches += 1;
    this.figures.sent += batch.events.length;
  }

  async #send(batch: UsageBatch, body: string): Promise<boolean> {
    const target = this.random.pick(this.world.victims.filter((victim) => victim.isServing));
    if (!target) return false;
    const headers = { ...(await this.world.headers(batch.merchantId, 'merchant')), 'content-type': TYPE };
    try {
      const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
      const answer = await fetch(`${target.url}/v1/usage/events`, { method: 'POST', headers, body, signal });
      const report = (await answer.json()) as { rejected?: number; received?: number };
      if (answer.status !== 202) return false;
      if (report.received !== batch.events.length || report.rejected !== 0) {
        throw new Rejected(`An event was refused that is in order: ${JSON.stringify(report).slice(0, 500)}`);
      }
      return true;
    } catch (error) {
      if (error instanceof Rejected) throw error;
      return false; // The process died, or froze, or its database is away.
    }
  }
}

class Rejected extends Error {}

const TYPE = 'application/cloudevents-batch+json';
