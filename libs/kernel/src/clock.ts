/** The only source of "now" for rules and use cases, so that tests and replays decide what time it is. */
export interface Clock {
  now(): Date;
}

/** The machine's clock, UTC. */
export const systemClock: Clock = { now: () => new Date() };
