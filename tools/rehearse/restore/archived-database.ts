import { appendFile, cp, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@hetao/persistence';
import { giveTo, layDown, takeBaseBackup } from './base-backup.js';

const DATABASE = 'exchange';
/** The name that a server of ours keeps its superuser's password under; it belongs to the backup. */
const MARKER = 'hetao-postgres.json';
/** No more than this much of what was committed is lost with the machine: a segment is archived at least so often. */
const ARCHIVE_TIMEOUT_S = 60;

/** One table as it stood: how many rows, and a sum over what they hold that does not depend on their order. */
export interface TableContent {
  readonly table: string;
  readonly rows: number;
  readonly fingerprint: string;
}

/** A PostgreSQL server whose write-ahead log is archived as it is in production, in a folder that outlives it. */
export class ArchivedDatabase {
  private constructor(
    readonly folder: string,
    readonly server: EmbeddedPostgres,
  ) {}

  get url(): string {
    return this.server.url(DATABASE);
  }

  get archive(): string {
    return join(this.folder, 'archive');
  }

  get backup(): string {
    return join(this.folder, 'backup');
  }

  /** A new server: made, then started again with archiving on, as that setting is read at the start alone. */
  static async create(folder: string): Promise<ArchivedDatabase> {
    const dataDir = join(folder, 'original');
    const making = await startEmbeddedPostgres({ dataDir, durable: true });
    await making.createDatabase(DATABASE);
    const archive = join(folder, 'archive');
    await mkdir(archive);
    await giveTo(archive, await stat(join(dataDir, 'cluster')));
    await asked(making.url('postgres'), async (client) => {
      await client.query('ALTER SYSTEM SET archive_mode = on');
      await client.query(`ALTER SYSTEM SET archive_timeout = '${ARCHIVE_TIMEOUT_S}s'`);
      // Renamed into place: an archive never shows half a segment; one that is there is never written over.
      const command = `test ! -f ${archive}/%f && cp %p ${archive}/%f.part && mv ${archive}/%f.part ${archive}/%f`;
      await client.query(`ALTER SYSTEM SET archive_command = ${client.escapeLiteral(command)}`);
    });
    await making.stop();
    return new ArchivedDatabase(folder, await startEmbeddedPostgres({ dataDir, durable: true }));
  }

  /** Copies the running cluster. @returns files and bytes copied */
  async backUp(): Promise<{ readonly files: number; readonly bytes: number }> {
    await mkdir(this.backup, { mode: 0o700 });
    const original = join(this.folder, 'original');
    const { files } = await asked(this.url, (client) =>
      takeBaseBackup(client, join(original, 'cluster'), join(this.backup, 'cluster')),
    );
    await cp(join(original, MARKER), join(this.backup, MARKER));
    const sizes = Object.values(files).map(({ bytes }) => bytes);
    return { files: sizes.length, bytes: sizes.reduce((sum, bytes) => sum + bytes, 0) };
  }

  /** Names this moment in the log. Whoever writes has to be held back around it, or "this moment" has no meaning. */
  async nameMoment(name: string): Promise<void> {
    await asked(this.url, (client) => client.query('SELECT pg_create_restore_point($1)', [name]));
  }

  /** Has the segment in work archived, and waits until it is. */
  async flushArchive(): Promise<void> {
    await asked(this.url, async (client) => {
      const { rows } = await client.query<{ segment: string }>(
        'SELECT pg_walfile_name(pg_switch_wal() - 1) AS segment',
      );
      const segment = rows[0]?.segment ?? '';
      for (let tries = 0; tries < 600; tries += 1) {
        if (await stat(join(this.archive, segment)).catch(() => undefined)) return;
        await client.query('SELECT pg_sleep(0.1)');
      }
      throw new Error(`Segment ${segment} was not archived within a minute.`);
    });
  }

  /** Every table of every service, with what it holds. */
  async content(): Promise<readonly TableContent[]> {
    return asked(this.url, async (client) => {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      const { rows: tables } = await client.query<{ schema: string; name: string }>(
        `SELECT n.nspname AS schema, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE c.relkind = 'r' AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%' ORDER BY 1, 2`,
      );
      const found: TableContent[] = [];
      for (const { schema, name } of tables) {
        const table = `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(name)}`;
        const { rows } = await client.query<{ rows: number; fingerprint: string }>(
          `SELECT count(*)::int AS rows, coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text AS fingerprint
             FROM ${table} AS t`,
        );
        const [one] = rows;
        if (one) found.push({ table: `${schema}.${name}`, ...one });
      }
      return found;
    });
  }

  /** How much log was archived. */
  async archived(): Promise<{ readonly segments: number; readonly bytes: number }> {
    const names = (await readdir(this.archive)).filter((name) => /^[0-9A-F]{24}$/.test(name));
    const sizes = await Promise.all(names.map(async (name) => (await stat(join(this.archive, name))).size));
    return { segments: names.length, bytes: sizes.reduce((sum, bytes) => sum + bytes, 0) };
  }

  /** The server dies as in a power cut, and its disk with it. */
  async destroy(): Promise<void> {
    await this.server.stop('immediate');
    await rm(join(this.folder, 'original'), { recursive: true, force: true });
  }

  /** Starts a server from backup and archive that ends its recovery at a named moment and then takes writes. */
  async restoreTo(moment: string): Promise<ArchivedDatabase> {
    const dataDir = join(this.folder, 'restored');
    const cluster = join(dataDir, 'cluster');
    await mkdir(cluster, { recursive: true, mode: 0o700 });
    await cp(join(this.backup, MARKER), join(dataDir, MARKER));
    const settings = [
      `restore_command = 'cp ${this.archive}/%f %p'`,
      `recovery_target_name = '${moment}'`,
      `recovery_target_action = 'promote'`,
    ];
    await layDown(join(this.backup, 'cluster'), cluster, await stat(this.archive));
    await appendFile(join(cluster, 'postgresql.auto.conf'), `${settings.join('\n')}\n`);
    await writeFile(join(cluster, 'recovery.signal'), '');
    await giveTo(cluster, await stat(this.archive));
    return new ArchivedDatabase(this.folder, await startEmbeddedPostgres({ dataDir, durable: true }));
  }
}

async function asked<R>(url: string, use: (client: pg.Client) => Promise<R>): Promise<R> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
