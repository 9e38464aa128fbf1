import { dispatchBatch } from './batch.js';
import type { Delivery, DispatchScope, Outcome, Step } from './delivery.js';
import type { Subscription } from '../transport.js';
import type { RawEvent } from './raw-event.js';
import { applied } from './steps/applied.js';
import { deadLettered } from './steps/dead-lettered.js';
import { parsed } from './steps/parsed.js';
import { retried } from './steps/retried.js';
import { traced } from './steps/traced.js';

/**
 * What is done with an event, outermost first. When the list has returned, the transport acknowledges: nothing is
 * acknowledged before its effect or its dead letter is durable. When it throws Interrupted, nothing was.
 */
const STEPS: readonly Step[] = [
  traced, //       a consumer span in the producer's trace, around everything below
  deadLettered, // what the steps below give up on is parked, and the events behind it go on
  retried, //      the event's own failures: bounded attempts with back-off; an absent database: waited out, uncounted
  parsed, //       envelope and schema; what does not fit is given up at once, for it will never fit
  applied, //      one transaction: inbox row, the subscriber's effect, its own events; a known event stops here
];

/** Takes events to their handlers. It decides what happens to an event, never in which order events come. */
export class Dispatcher {
  readonly #scope: DispatchScope;

  constructor(scope: DispatchScope) {
    this.#scope = scope;
  }

  /**
   * Handles events that belong in this order, all of one subscription: in one transaction when the subscription takes
   * batches, else one after the other. Returns when all are settled.
   *
   * @param signal ends waiting between attempts; a running handler is not disturbed.
   * @throws Interrupted when the signal ended it; the events that were not settled come again.
   */
  async dispatch(events: readonly RawEvent[], signal: AbortSignal): Promise<void> {
    const subscription = events[0] && this.#subscriptionFor(events[0]);
    if (subscription === undefined) return;
    const single = (event: RawEvent): Promise<Outcome> => runSteps({ scope: this.#scope, event, subscription, signal });
    if (subscription.mode === 'batch' && events.length > 1) {
      return dispatchBatch({ scope: this.#scope, subscription, events, signal, single });
    }
    for (const event of events) await single(event);
  }

  /** How many of the first events go together: consecutive ones of one batch subscription, or that nobody takes; else one. */
  portion(events: readonly RawEvent[], limit: number): number {
    const [first] = events;
    if (first === undefined) return 0;
    const subscription = this.#subscriptionFor(first);
    if (subscription?.mode === 'single') return 1;
    const other = events.findIndex((event) => this.#subscriptionFor(event) !== subscription);
    return Math.min(other < 0 ? events.length : other, limit);
  }

  /**
   * Who takes the event. One whose envelope is broken may not even say what it is: it goes to any handler of its topic, and
   * from there to the dead letters, for to pass over it silently would hide that somebody publishes what nobody can read.
   */
  #subscriptionFor(event: RawEvent): Subscription | undefined {
    const { subscriptions } = this.#scope;
    const known = subscriptions.get(event.type);
    if (known !== undefined || event.malformed === undefined) return known;
    return [...subscriptions.values()].find((subscription) => subscription.event.topic.name === event.topic);
  }
}

function runSteps(delivery: Delivery, index = 0): Promise<Outcome> {
  const step = STEPS[index];
  if (step === undefined) throw new Error('The last step has nothing below it.');
  return step(delivery, async () => runSteps(delivery, index + 1));
}
