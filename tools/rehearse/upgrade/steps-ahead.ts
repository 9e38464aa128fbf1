import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { exchangeServices } from '@hetao/testing';
import { definitions } from './definitions.js';
import { stepsOf } from './migration-steps.js';
import type { RollingExchange } from './rolling-exchange.js';

/** The migrations between two versions. */
export interface StepsAhead {
  readonly count: number;
  /** A sentence for each that the old version could not serve through: which, why, and what to do instead. */
  readonly hard: readonly string[];
}

/** Tries what lies between a version and this one on databases of nobody's, before it harms anybody. */
export async function stepsAhead(exchange: RollingExchange, version: string): Promise<StepsAhead> {
  const serving = { saysOnWhoseBehalf: existsSync(join(version, 'libs/persistence/src/tenancy')) };
  const hard: string[] = [];
  let count = 0;
  for (const name of exchangeServices) {
    const definition = definitions.find((candidate) => candidate.name === name);
    if (definition === undefined) throw new Error(`${name} is declared nowhere.`);
    const steps = await stepsOf(definition, await exchange.trial(name, version), serving);
    count += steps.length;
    for (const { migration, obstacles } of steps.filter((step) => step.obstacles.length > 0))
      hard.push(
        `${name} has to be stopped before ${migration} and started anew after it: ${obstacles.join('; ')}, ` +
          'and the old version knows it otherwise.',
      );
  }
  return { count, hard };
}
