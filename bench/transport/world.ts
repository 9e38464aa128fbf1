import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmbeddedTransport, createKafkaTransport, messagingMigrations } from '@hetao/messaging';
import { openDatabase, startEmbeddedPostgres, type Database, type EmbeddedPostgres } from '@hetao/persistence';
import { startKafka } from '@hetao/testing';
import { viaRawKafka, viaTransport, type Contestant, type Mode } from './contestants.js';
import { measuredOn } from './workload.js';

export type Kind = 'embedded' | 'kafka' | 'raw kafkajs';

/** A PostgreSQL that loses nothing (fsync on) and, where one can be had, a real broker. */
export class BenchWorld {
  readonly #dataDir: string;
  readonly #postgres: EmbeddedPostgres;
  readonly #broker: Awaited<ReturnType<typeof startKafka>> | undefined;
  readonly #open: Database[] = [];

  private constructor(
    dataDir: string,
    postgres: EmbeddedPostgres,
    broker: Awaited<ReturnType<typeof startKafka>> | undefined,
  ) {
    this.#dataDir = dataDir;
    this.#postgres = postgres;
    this.#broker = broker;
  }

  static async start(): Promise<BenchWorld> {
    const dataDir = await mkdtemp(join(tmpdir(), 'hetao-bench-transport-'));
    const postgres = await startEmbeddedPostgres({ dataDir, durable: true });
    const broker = await startKafka().catch((error: unknown) => {
      console.error(`!!! WITHOUT KAFKA: no broker could be started, so there is no baseline either. ${String(error)}`);
      return undefined;
    });
    return new BenchWorld(dataDir, postgres, broker);
  }

  get kinds(): readonly Kind[] {
    return this.#broker === undefined ? ['embedded'] : ['raw kafkajs', 'embedded', 'kafka'];
  }

  async contestant(kind: Kind, mode: Mode): Promise<Contestant> {
    const brokers = this.#broker?.brokers ?? [];
    if (kind === 'raw kafkajs') return viaRawKafka(brokers, mode);
    const [orders, billing] = await Promise.all([
      this.#database(`orders_${kind}_${mode}`, 'orders'),
      this.#database(`billing_${kind}_${mode}`, 'billing'),
    ]);
    const transport =
      kind === 'embedded'
        ? createEmbeddedTransport()
        : createKafkaTransport({ brokers, clientId: `bench-${mode}`, topics: [measuredOn(mode).topic] });
    return viaTransport(transport, mode, { orders, billing });
  }

  async #database(name: string, schema: string): Promise<Database> {
    const database = await openDatabase({
      url: await this.#postgres.createDatabase(name),
      schema,
      entities: [],
      migrations: messagingMigrations,
      applicationName: 'bench',
      poolSize: 12,
    });
    await database.migrate();
    await database.withClient((client) =>
      client.query(
        'CREATE TABLE effects (position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, key text, n integer)',
      ),
    );
    this.#open.push(database);
    return database;
  }

  /** The processes that work for us: PostgreSQL's, and the broker. */
  async serverPids(): Promise<readonly number[]> {
    const [database] = this.#open;
    if (database === undefined) return this.#broker?.pid === undefined ? [] : [this.#broker.pid];
    const { rows } = await database.withClient((client) =>
      client.query<{ pid: number }>('SELECT pid FROM pg_stat_activity'),
    );
    return [...rows.map((row) => row.pid), ...(this.#broker?.pid === undefined ? [] : [this.#broker.pid])];
  }

  async stop(): Promise<void> {
    for (const database of this.#open) await database.close();
    await this.#broker?.stop();
    await this.#postgres.stop();
    await rm(this.#dataDir, { recursive: true, force: true });
  }
}
