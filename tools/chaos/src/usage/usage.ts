import type { Random } from '../random.js';

/** A usage event before it is written as a CloudEvent. */
export interface UsageToSend {
  readonly merchantId: string;
  readonly agreementId: string;
  readonly source: string;
  readonly id: string;
  readonly timeMs: number;
  readonly meters: Readonly<Record<string, number>>;
}

/** A request: events of one merchant. */
export interface UsageBatch {
  readonly merchantId: string;
  readonly events: readonly UsageToSend[];
  /** How many of its events say something else than what was sent under their ids before. */
  readonly conflicting: number;
}

/** Whose usage is invented, and what it looks like. */
export interface UsagePlan {
  readonly agreements: readonly { readonly agreementId: string; readonly merchantId: string }[];
  /** Events fall into so many days from here. */
  readonly fromMs: number;
  readonly days: number;
  readonly mostEvents: number;
  /** What the ids are unique in: one of a few sources of this merchant. */
  readonly source: (merchantId: string, random: Random) => string;
  readonly meters: (random: Random) => Readonly<Record<string, number>>;
}

const MS_PER_DAY = 86_400_000;
/** So many old batches are kept to be sent again. */
const REMEMBERED = 300;

/** Invents batches: mostly new usage, some of it sent before, some under an id that is taken. */
export class UsageMaker {
  readonly #answered: UsageBatch[] = [];
  readonly #merchants: readonly string[];
  #made = 0;

  constructor(
    private readonly plan: UsagePlan,
    private readonly random: Random,
  ) {
    this.#merchants = [...new Set(plan.agreements.map(({ merchantId }) => merchantId))];
  }

  /** The next batch to send. */
  next(): UsageBatch {
    const { random, plan } = this;
    const old = random.pick(this.#answered);
    if (old && random.percent(15)) return { ...old, events: random.shuffled(old.events) };
    const merchantId = old && random.percent(20) ? old.merchantId : (random.pick(this.#merchants) ?? '');
    const fresh = Array.from({ length: random.between(1, plan.mostEvents) }, () => this.#event(merchantId));
    const taken = old?.merchantId === merchantId ? old.events.slice(0, random.between(0, 20)) : [];
    const isOther = random.percent(50);
    const repeated = isOther ? taken.map((event) => ({ ...event, timeMs: event.timeMs + 1 })) : taken;
    return {
      merchantId,
      events: random.shuffled([...fresh, ...repeated]),
      conflicting: isOther ? taken.length : 0,
    };
  }

  /** A batch was answered, so it is durable: it may be sent again, and its ids are taken. */
  answered(batch: UsageBatch): void {
    if (batch.conflicting > 0) return;
    if (this.#answered.length < REMEMBERED) this.#answered.push(batch);
    else this.#answered[this.random.between(0, REMEMBERED - 1)] = batch;
  }

  #event(merchantId: string): UsageToSend {
    const { random, plan } = this;
    const own = plan.agreements.filter((agreement) => agreement.merchantId === merchantId);
    this.#made += 1;
    return {
      merchantId,
      agreementId: random.pick(own)?.agreementId ?? '',
      source: plan.source(merchantId, random),
      id: `e-${this.#made}`,
      timeMs: plan.fromMs + random.between(0, plan.days * MS_PER_DAY - 1),
      meters: plan.meters(random),
    };
  }
}

/** The batch as CloudEvents. */
export function bodyOf({ events }: UsageBatch): string {
  return JSON.stringify(
    events.map(({ source, id, agreementId, timeMs, meters }) => ({
      specversion: '1.0',
      id,
      source,
      type: 'hetao.usage.recorded',
      subject: agreementId,
      time: new Date(timeMs).toISOString(),
      data: { meters: Object.fromEntries(Object.entries(meters).map(([meter, value]) => [meter, String(value)])) },
    })),
  );
}
