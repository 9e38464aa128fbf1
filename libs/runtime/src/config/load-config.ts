import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { errorCode } from '../error-code.js';
import type { EnvironmentRecord } from './environment.js';
import { settingMeta } from './settings.js';

/** One setting that keeps the service from starting: which, what is wrong, without the value of a secret. */
export interface ConfigProblem {
  readonly name: string;
  readonly problem: string;
}

/** sysexits.h EX_CONFIG: the configuration is wrong; starting again without a change is useless. */
export const EXIT_CONFIG = 78;

/** Thrown with every problem at once, so that a deployment is mended in one round. */
export class ConfigError extends Error {
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    const lines = problems.map(({ name, problem }) => `  ${name}: ${problem}`);
    super(
      `The configuration has ${problems.length} problem${problems.length === 1 ? '' : 's'}:\n${lines.join('\n')}\n` +
        'Set these in the environment and start again (secrets may also come from a file named by <NAME>_FILE).',
    );
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

type Shape = Readonly<Record<string, z.core.$ZodType>>;

interface Reading {
  readonly raw: Record<string, string>;
  readonly problems: ConfigProblem[];
}

/**
 * Parses the settings a schema names out of an environment. An empty value counts as not set.
 *
 * @param schema flat object of settings; mark them with `secret` and `demoDefault`. Refinements on the whole object
 *   run when every setting by itself is right.
 * @param relations problems between settings, judged on the raw texts so that they are named with all others.
 * @throws ConfigError naming all wrong or missing settings; a secret's value is never part of the message.
 */
export function loadConfig<S extends Shape>(
  schema: z.ZodObject<S>,
  source: EnvironmentRecord,
  relations: (raw: Readonly<Record<string, string>>) => readonly ConfigProblem[] = () => [],
): z.output<z.ZodObject<S>> {
  const { raw, problems } = readSettings(schema.shape, source);
  for (const [name, setting] of Object.entries(schema.shape)) {
    if (problems.some((problem) => problem.name === name)) continue;
    problems.push(...problemsOf(name, setting, raw[name]));
    if (usesDemoDefault(setting, raw[name]) && source['NODE_ENV'] === 'production') {
      problems.push({ name, problem: 'its demo default is refused when NODE_ENV=production; set a value of your own' });
    }
  }
  problems.push(...relations(raw).filter(({ name }) => !problems.some((problem) => problem.name === name)));
  if (problems.length > 0) throw new ConfigError(problems);
  const whole = schema.safeParse(raw);
  if (whole.success) return whole.data;
  throw new ConfigError(
    whole.error.issues.map((issue) => ({ name: issue.path.join('.') || 'configuration', problem: issue.message })),
  );
}

function readSettings(shape: Shape, source: EnvironmentRecord): Reading {
  const raw: Record<string, string> = {};
  const problems: ConfigProblem[] = [];
  for (const [name, setting] of Object.entries(shape)) {
    const direct = present(source[name]);
    const file = settingMeta(setting).secret ? present(source[`${name}_FILE`]) : undefined;
    if (direct !== undefined && file !== undefined) {
      problems.push({ name, problem: `is set twice: use either ${name} or ${name}_FILE` });
      continue;
    }
    try {
      const value = file === undefined ? direct : present(readFileSync(file, 'utf8').trimEnd());
      if (value !== undefined) raw[name] = value;
    } catch (error) {
      const reason = errorCode(error) ?? 'unknown reason';
      problems.push({ name, problem: `${name}_FILE names a file that cannot be read (${reason})` });
    }
  }
  return { raw, problems };
}

function problemsOf(name: string, setting: z.core.$ZodType, value: string | undefined): ConfigProblem[] {
  const parsed = z.safeParse(setting, value);
  if (parsed.success) return [];
  if (value === undefined) return [{ name, problem: 'is required and not set' }];
  const { secret } = settingMeta(setting);
  return parsed.error.issues.map((issue) => ({
    name,
    // A message of a secret's own check could quote the value; only zod's fixed wordings are safe to repeat.
    problem: secret
      ? `is not valid (${issue.code}; the value is a secret and not shown)`
      : worded(issue.message, value),
  }));
}

function worded(message: string, value: string): string {
  return `${message} (got ${JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value)})`;
}

function usesDemoDefault(setting: z.core.$ZodType, value: string | undefined): boolean {
  return value === undefined && settingMeta(setting).demoDefault === true;
}

function present(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value;
}
