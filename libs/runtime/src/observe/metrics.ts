import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { within } from './within.js';
import type { HandlingObserver } from '../messaging/transport-strategy.js';

/** Seconds; from a read out of memory to the request time limit. */
const BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** A scrape waits ten seconds at most; a reading that takes longer than this is left out of it. */
const READ_WITHIN_MS = 2_000;

/** One gauge that is read when somebody asks. */
export interface GaugeReading {
  readonly name: string;
  readonly help: string;
  /** A failing reading leaves the gauge out of this answer rather than failing all of /metrics. */
  readonly read: () => number | undefined | Promise<number | undefined>;
}

let processRegistry: Registry | undefined;

/** Event loop, memory, garbage collection: once per process, however many services it hosts. */
function processMetrics(): Registry {
  if (processRegistry === undefined) {
    processRegistry = new Registry();
    collectDefaultMetrics({ register: processRegistry });
  }
  return processRegistry;
}

/** The metrics every service has: rate, errors and duration per route; events handled; what readings are added. */
export class ServiceMetrics {
  readonly registry = new Registry();
  readonly #requests: Histogram<'method' | 'route' | 'status'>;
  readonly #handlings: Histogram<'event' | 'outcome'>;
  readonly #events: Counter<'event' | 'outcome'>;
  readonly #readings: GaugeReading[] = [];

  constructor(service: string) {
    const registers = [this.registry];
    this.registry.setDefaultLabels({ service });
    this.#requests = new Histogram({
      name: 'hetao_http_request_duration_seconds',
      help: 'Time from a request to the end of its answer, by route template',
      labelNames: ['method', 'route', 'status'],
      buckets: BUCKETS,
      registers,
    });
    this.#handlings = new Histogram({
      name: 'hetao_event_handling_seconds',
      help: 'Time of one call of a handler, by event type',
      labelNames: ['event', 'outcome'],
      buckets: BUCKETS,
      registers,
    });
    this.#events = new Counter({
      name: 'hetao_events_handled_total',
      help: 'Events given to handlers; a failed one is given again, so attempts are counted',
      labelNames: ['event', 'outcome'],
      registers,
    });
  }

  /** Notes one answered request. `route` is a template: ids in labels would explode. */
  observeRequest(request: { method: string; route: string; status: number; seconds: number }): void {
    const { method, route, status, seconds } = request;
    this.#requests.observe({ method, route, status: String(status) }, seconds);
  }

  /** Notes one call of a handler. */
  readonly observeHandling: HandlingObserver = ({ event, count, seconds, failed }) => {
    const labels = { event, outcome: failed ? 'failed' : 'handled' };
    this.#handlings.observe(labels, seconds);
    this.#events.inc(labels, count);
  };

  /** Adds a gauge that is read on each scrape. */
  addReading(reading: GaugeReading): void {
    const { name, help } = reading;
    this.#readings.push(reading);
    new Gauge({
      name,
      help,
      registers: [this.registry],
      async collect() {
        const value = await valueOf(reading);
        if (value === undefined) this.reset();
        else this.set(value);
      },
    });
  }

  /** What the gauges say now, by their names; what could not be read in time is left out. */
  async readings(): Promise<ReadonlyMap<string, number>> {
    const read = await Promise.all(this.#readings.map(async (one) => [one.name, await valueOf(one)] as const));
    return new Map(read.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
  }

  /** The Prometheus text of this service and its process. */
  async text(): Promise<string> {
    const [own, shared] = await Promise.all([this.registry.metrics(), processMetrics().metrics()]);
    return `${own}\n${shared}`;
  }

  get contentType(): string {
    return this.registry.contentType;
  }
}

async function valueOf({ read }: GaugeReading): Promise<number | undefined> {
  try {
    return await within(READ_WITHIN_MS, Promise.resolve(read()));
  } catch {
    return undefined;
  }
}
