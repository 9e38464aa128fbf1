import { subscribe } from 'node:diagnostics_channel';
import pg from 'pg';

/** What a process has done so far. */
export interface Work {
  readonly statements: number;
  readonly commits: number;
  /** HTTP requests it made. */
  readonly sent: number;
  readonly cpuMs: number;
}

/** Counts what this process asks of its database and of others, from now on. */
export function countWork(): () => Work {
  let [statements, commits, sent] = [0, 0, 0];
  const prototype = pg.Client.prototype as unknown as { query: (...args: unknown[]) => unknown };
  const original = prototype.query;
  prototype.query = function counted(this: unknown, ...args: unknown[]): unknown {
    statements += 1;
    if (args[0] === 'COMMIT') commits += 1;
    return original.apply(this, args);
  };
  subscribe('undici:request:create', () => {
    sent += 1;
  });
  return () => {
    const { user, system } = process.cpuUsage();
    return { statements, commits, sent, cpuMs: (user + system) / 1000 };
  };
}
