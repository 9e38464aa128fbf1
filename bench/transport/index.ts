import { setInterval } from 'node:timers/promises';
import type { Contestant, Mode } from './contestants.js';
import { costOf, median, type Cost } from './costs.js';
import { printFigures, printTable, type Group, type Line } from './report.js';
import { BenchWorld, type Kind } from './world.js';

interface Plan {
  readonly mode: Mode;
  readonly title: string;
  readonly events: number;
  /** Events of one transaction, or of one request to the broker. */
  readonly perSend: number;
  readonly writers: number;
}

const PLANS: readonly Plan[] = [
  {
    mode: 'single',
    title: 'one event a transaction, one transaction a handling',
    events: 3_000,
    perSend: 1,
    writers: 8,
  },
  { mode: 'batch', title: '100 events a transaction, handled in batches', events: 30_000, perSend: 100, writers: 4 },
];
const ROUNDS = 3;
const WARM_UP_SHARE = 5;
const STEADY_EVENTS = 1_000;
const STEADY_EVERY_MS = 5;

/** `npm run bench -- transport`: from commit to handled, embedded and over Kafka, against kafkajs alone. */
export async function run(): Promise<void> {
  const world = await BenchWorld.start();
  try {
    const groups: Group[] = [];
    for (const plan of PLANS) groups.push(await measure(world, plan));
    groups.forEach(printTable);
    console.log('');
    groups.forEach(printFigures);
  } finally {
    await world.stop();
  }
}

async function measure(world: BenchWorld, plan: Plan): Promise<Group> {
  const lines: Line[] = [];
  for (const kind of world.kinds) lines.push(await measureOne(world, plan, kind));
  const conditions =
    `PostgreSQL with fsync, Kafka 4 with one replica, all on one machine of ${navigator.hardwareConcurrency} cores and ` +
    `in one Node process with its writers; ${plan.title}; ${plan.writers} writers, 64 keys, 4 partitions, 300 bytes; median of ` +
    `${ROUNDS} rounds of ${plan.events}; latency at ${1_000 / STEADY_EVERY_MS} sends a second; every effect checked once and in order`;
  return { title: plan.title, lines, conditions };
}

async function measureOne(world: BenchWorld, plan: Plan, kind: Kind): Promise<Line> {
  const contestant = await world.contestant(kind, plan.mode);
  try {
    const course = new Course(world, contestant, plan);
    await course.throughput(plan.events / WARM_UP_SHARE);
    const rounds: Cost[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await course.throughput(plan.events));
    const steady = await course.steady();
    await contestant.verify(course.sent);
    return { figure: `${kind.replace(' ', '_')}_${plan.mode}`, name: kind, throughput: median(rounds), steady };
  } finally {
    await contestant.stop();
  }
}

/** Numbers events on from round to round, so that in the end all of them can be checked together. */
class Course {
  readonly #world: BenchWorld;
  readonly #contestant: Contestant;
  readonly #plan: Plan;
  sent = 0;

  constructor(world: BenchWorld, contestant: Contestant, plan: Plan) {
    this.#world = world;
    this.#contestant = contestant;
    this.#plan = plan;
  }

  /** As fast as the writers can. Each key belongs to one writer, so that its numbers rise. */
  throughput(events: number): Promise<Cost> {
    const { writers, perSend } = this.#plan;
    const first = this.sent;
    this.sent += events;
    const numbers = Array.from({ length: events }, (_, index) => first + index);
    const write = async (writer: number): Promise<void> => {
      const own = numbers.filter((n) => n % writers === writer);
      for (let from = 0; from < own.length; from += perSend)
        await this.#contestant.send(own.slice(from, from + perSend));
    };
    return this.#round(events, async () => {
      await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
    });
  }

  /** One send every few milliseconds. */
  steady(): Promise<Cost> {
    const first = this.sent;
    this.sent += STEADY_EVENTS;
    return this.#round(STEADY_EVENTS, async () => {
      const sending: Promise<void>[] = [];
      for await (const begun of setInterval(STEADY_EVERY_MS, sending)) {
        begun.push(this.#contestant.send([first + begun.length]));
        if (begun.length === STEADY_EVENTS) break;
      }
      await Promise.all(sending);
    });
  }

  #round(events: number, produce: () => Promise<void>): Promise<Cost> {
    const { progress } = this.#contestant;
    return costOf(
      events,
      () => this.#world.serverPids(),
      () => progress.round(events, produce),
    );
  }
}
