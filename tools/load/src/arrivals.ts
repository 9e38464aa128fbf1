import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../chaos/src/random.js';

/** Something that people do, so often a second on the whole. */
export interface Habit {
  readonly name: string;
  readonly perSecond: number;
  act(): Promise<void>;
}

/** How long something took from the moment it was due, in ms; and whether it went well. */
export interface Visit {
  readonly name: string;
  readonly tookMs: number;
  readonly fault: string | undefined;
}

/** Beyond so many under way the exchange is away, not slow: what comes then is counted as refused. */
const MOST_UNDER_WAY = 400;

/**
 * Lets habits happen as visitors come: each at its own moments (Poisson), whether or not the ones before were answered.
 * A slow answer counts from when it was due, so that an exchange that stands still cannot look quick.
 */
export class Arrivals {
  readonly visits: Visit[] = [];
  readonly #underWay = new Set<Promise<void>>();

  constructor(
    private readonly habits: readonly Habit[],
    private readonly random: Random,
  ) {}

  async run(forMs: number): Promise<void> {
    const endsAt = performance.now() + forMs;
    await Promise.all(this.habits.map((habit) => this.#lane(habit, endsAt)));
    await Promise.all(this.#underWay);
  }

  async #lane(habit: Habit, endsAt: number): Promise<void> {
    for (let dueAt = this.#next(habit, performance.now()); dueAt < endsAt; dueAt = this.#next(habit, dueAt)) {
      await pause(Math.max(0, dueAt - performance.now()));
      if (this.#underWay.size >= MOST_UNDER_WAY) this.#note(habit.name, dueAt, 'too many under way');
      else this.#begin(habit, dueAt);
    }
  }

  #next({ perSecond }: Habit, from: number): number {
    return from - (Math.log(1 - this.random.next()) / perSecond) * 1_000;
  }

  #begin(habit: Habit, dueAt: number): void {
    const visit = habit
      .act()
      .then(
        () => this.#note(habit.name, dueAt, undefined),
        (error: unknown) => this.#note(habit.name, dueAt, error instanceof Error ? error.message : String(error)),
      )
      .finally(() => this.#underWay.delete(visit));
    this.#underWay.add(visit);
  }

  #note(name: string, dueAt: number, fault: string | undefined): void {
    this.visits.push({ name, tookMs: performance.now() - dueAt, fault });
  }
}
