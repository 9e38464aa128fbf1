import { openDatabase, type MigrationClass } from '@hetao/persistence';
import type { ServiceDefinition } from '@hetao/runtime';
import { obstaclesBetween, type ServingVersion } from './rolling-step.js';
import { readShape, type SchemaShape } from './schema-shape.js';

/** A migration, and why the version before it could not go on serving; no reason when it can. */
export interface MigrationStep {
  readonly migration: string;
  readonly obstacles: readonly string[];
}

/** Runs the pending migrations of a service on a database of nobody's, and looks at what each of them changed. */
export async function stepsOf(
  { schema, allMigrations }: Pick<ServiceDefinition, 'schema' | 'allMigrations'>,
  url: string,
  serving: ServingVersion,
): Promise<MigrationStep[]> {
  const seen: Seen[] = [];
  const database = await openDatabase({
    ...{ url, schema, entities: [], applicationName: 'rehearsal', poolSize: 2 },
    migrations: [lookAt('', schema, seen), ...allMigrations.flatMap((each) => [each, lookAt(each.name, schema, seen)])],
  });
  try {
    const pending = new Set(await database.pendingMigrations());
    await database.migrate();
    return seen.slice(1).flatMap(({ migration, shape }, index) => {
      const before = seen[index]?.shape;
      if (before === undefined || !pending.has(migration)) return [];
      return [{ migration, obstacles: obstaclesBetween(before, shape, serving) }];
    });
  } finally {
    await database.close();
  }
}

interface Seen {
  readonly migration: string;
  readonly shape: SchemaShape;
}

/** A migration that changes nothing: in the list after another one it sees what that one left. */
function lookAt(migration: string, schema: string, seen: Seen[]): MigrationClass {
  class Look {
    readonly name = `${migration}Look0000000000000`;

    async up(runner: { query(sql: string, params: readonly unknown[]): Promise<unknown> }): Promise<void> {
      const query = <R>(sql: string, params: readonly unknown[]) => runner.query(sql, params) as Promise<readonly R[]>;
      seen.push({ migration, shape: await readShape({ query }, schema) });
    }

    down(): Promise<void> {
      return Promise.resolve();
    }
  }
  Object.defineProperty(Look, 'name', { value: `${migration}Look0000000000000` });
  return Look;
}
