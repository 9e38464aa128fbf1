import { type EmbeddedPostgres, startEmbeddedPostgres } from '@hetao/persistence';
import pg from 'pg';

/** A PostgreSQL server that may crash, and comes back on its port with what was committed. */
export class CrashingDatabase {
  #server: EmbeddedPostgres;

  private constructor(
    private readonly dataDir: string,
    server: EmbeddedPostgres,
  ) {
    this.#server = server;
  }

  static async start(dataDir: string): Promise<CrashingDatabase> {
    return new CrashingDatabase(dataDir, await startEmbeddedPostgres({ dataDir, durable: true }));
  }

  get port(): number {
    return this.#server.port;
  }

  create(name: string): Promise<string> {
    return this.#server.createDatabase(name);
  }

  /** Ends the server as a crash would, and starts it again where it was. */
  async crash(): Promise<void> {
    const { port } = this.#server;
    await this.#server.stop('immediate');
    this.#server = await startEmbeddedPostgres({ dataDir: this.dataDir, durable: true, port });
    if (this.#server.port !== port) throw new Error('The database came back on another port.');
  }

  /** Runs SQL on a connection of its own. */
  async query<R>(database: string, sql: string, params: readonly unknown[] = []): Promise<readonly R[]> {
    const client = new pg.Client({ connectionString: this.#server.url(database) });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<R & object>(sql, [...params])).rows;
    } finally {
      await client.end();
    }
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }
}
