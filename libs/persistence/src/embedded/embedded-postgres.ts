import { createHmac } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { createLoginRole } from '../login-role.js';
import { messageOf } from '../native-error.js';
import { reachableByOthers, serverAccount } from './account.js';
import { serverBinaries } from './binaries.js';
import { createCluster, hasCluster, layout, openDataDirectory, readPassword } from './data-directory.js';
import { EmbeddedPostgresError } from './errors.js';
import { claim, endOrphan } from './launcher-lock.js';
import { freePortFrom } from './port.js';
import {
  RetryableStart,
  SUPERUSER,
  initialise,
  launch,
  type RunningServer,
  type ServerSpec,
} from './server-process.js';

export interface EmbeddedPostgresOptions {
  /** Created when missing, reused when it is ours; everything of the server lies inside. */
  readonly dataDir: string;
  /** Wanted port of 127.0.0.1; when it is taken the next free one is used. Without it any free port. */
  readonly port?: number;
  /** True: what was committed survives a crash of the machine. False: faster, for tests. */
  readonly durable: boolean;
  /** Told about a server that ended by itself and was started again. Default: a process warning. */
  readonly onTrouble?: (message: string) => void;
}

/** A real PostgreSQL server that belongs to this process and ends with it. */
export interface EmbeddedPostgres {
  readonly port: number;
  /** Connection URL of a database as superuser; the database need not exist yet. */
  url(database: string): string;
  /** Creates the database unless it exists and returns its URL. */
  createDatabase(database: string): Promise<string>;
  /** Lets a role sign in that is no superuser and owns nothing, and returns the database's URL for it. */
  createLogin(role: string, database: string): Promise<string>;
  /** Stops the server (`immediate`: as a crash would) and gives the data directory back. Repeating it is harmless. */
  stop(mode?: 'fast' | 'immediate'): Promise<void>;
}

const MAX_START_TRIES = 8;
const PAUSE_MS = 300;
/** A server that cannot come back (its disk is full, say) is tried for an hour, so that freeing space is enough. */
const MAX_RESTARTS = 720;
const RESTART_PAUSE_MS = 5_000;
/** One that ran this long before it ended is started again at once; one that dies young waits. */
const HEALTHY_AFTER_MS = 10_000;

/**
 * Starts the PostgreSQL server that npm brought along, as an unprivileged account when we are root, on a new or an
 * existing data directory. Takes well under a second; the first start on a new directory about one.
 *
 * @throws EmbeddedPostgresError: its message is meant for the person at the terminal.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const data = layout(options.dataDir);
  const account = await serverAccount(data.cluster);
  const binaries = await serverBinaries(account);
  await openDataDirectory(data, binaries.major);
  if (account && process.platform !== 'linux' && !(await reachableByOthers(data.root))) {
    throw new EmbeddedPostgresError(
      'DATA_DIRECTORY_UNUSABLE',
      `${data.root} lies in a folder that the account ${account.name} may not enter, and PostgreSQL does not run as root.`,
      'Choose another data directory, or start as an ordinary user.',
    );
  }
  const spec: ServerSpec = { data, binaries, account, durable: options.durable };
  const release = await claim(data);
  try {
    await endOrphan(data);
    const password = (await hasCluster(data)) ? await readPassword(data) : await makeCluster(spec);
    const server = await launchOnFreePort(spec, options.port);
    return await SupervisedServer.begin({ spec, password, release, onTrouble: options.onTrouble ?? warn }, server);
  } catch (error) {
    await release();
    throw error;
  }
}

const warn = (message: string): void => process.emitWarning(message, { code: 'HETAO_EMBEDDED_POSTGRES' });

function makeCluster(spec: ServerSpec): Promise<string> {
  return createCluster(spec.data, spec.account, async (draft, password) => {
    const passwordFile = `${spec.data.lock}.password`;
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    try {
      await initialise(spec, draft, passwordFile);
    } finally {
      await rm(passwordFile, { force: true });
    }
  });
}

async function launchOnFreePort(spec: ServerSpec, wanted: number | undefined): Promise<RunningServer> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await launch(spec, await freePortFrom(wanted));
    } catch (error) {
      if (!(error instanceof RetryableStart)) throw error;
      if (tries >= MAX_START_TRIES) {
        const detail = `PostgreSQL did not start in ${MAX_START_TRIES} tries: ${error.message}.`;
        throw new EmbeddedPostgresError('START_FAILED', detail, `The whole story is in ${spec.data.log}.`);
      }
      await pause(PAUSE_MS);
    }
  }
}

interface Supervision {
  readonly spec: ServerSpec;
  readonly password: string;
  readonly release: () => Promise<void>;
  readonly onTrouble: (message: string) => void;
}

/** Starts the server again on its port when it ends by itself (out of memory, killed, disk full). */
class SupervisedServer implements EmbeddedPostgres {
  readonly #supervision: Supervision;
  readonly #stopping = new AbortController();
  #server: RunningServer;
  #restarting: Promise<void> = Promise.resolve();
  #stopped: Promise<void> | undefined;

  static async begin(supervision: Supervision, server: RunningServer): Promise<SupervisedServer> {
    const supervised = new SupervisedServer(supervision, server);
    try {
      await supervised.#verify();
    } catch (error) {
      await supervised.stop();
      throw error;
    }
    return supervised;
  }

  private constructor(supervision: Supervision, server: RunningServer) {
    this.#supervision = supervision;
    this.#server = server;
    this.#watch(server);
  }

  get port(): number {
    return this.#server.port;
  }

  url(database: string): string {
    const { password } = this.#supervision;
    return `postgres://${SUPERUSER}:${password}@127.0.0.1:${this.port}/${encodeURIComponent(database)}`;
  }

  async createDatabase(database: string): Promise<string> {
    await this.#asSuperuser(async (client) => {
      const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database]);
      if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`);
    });
    return this.url(database);
  }

  async createLogin(role: string, database: string): Promise<string> {
    // Derived, so that a restart need not keep it and other users of this machine cannot know it.
    const password = createHmac('sha256', this.#supervision.password).update(role).digest('base64url');
    await this.#asSuperuser((client) => createLoginRole(client, role, password));
    return Object.assign(new URL(this.url(database)), { username: role, password }).href;
  }

  stop(mode: 'fast' | 'immediate' = 'fast'): Promise<void> {
    this.#stopped ??= this.#end(mode);
    return this.#stopped;
  }

  async #end(mode: 'fast' | 'immediate'): Promise<void> {
    this.#stopping.abort();
    await this.#restarting;
    await this.#server.stop(mode);
    await this.#supervision.release();
  }

  #watch(server: RunningServer): void {
    const since = performance.now();
    void server.exited.then((how) => {
      if (this.#stopped !== undefined) return;
      this.#supervision.onTrouble(`PostgreSQL ended unexpectedly (${how}); starting it again.`);
      this.#restarting = this.#restart(performance.now() - since < HEALTHY_AFTER_MS ? RESTART_PAUSE_MS : 0);
    });
  }

  async #restart(firstPauseMs: number): Promise<void> {
    const { spec, onTrouble } = this.#supervision;
    const { signal } = this.#stopping;
    let told: string | undefined;
    for (let tries = 0; tries < MAX_RESTARTS; tries += 1) {
      await pause(tries === 0 ? firstPauseMs : RESTART_PAUSE_MS, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        await endOrphan(spec.data);
        this.#server = await relaunch(spec, this.port);
        this.#watch(this.#server);
        return;
      } catch (error) {
        const reason = messageOf(error);
        if (reason !== told) onTrouble(reason);
        told = reason;
      }
    }
    onTrouble(`PostgreSQL stays down. The whole story is in ${spec.data.log}.`);
  }

  async #verify(): Promise<void> {
    await this.#asSuperuser((client) => client.query('SELECT 1')).catch((error: unknown) => {
      const detail = `PostgreSQL started in ${this.#supervision.spec.data.root} but refuses our account: ${messageOf(error)}.`;
      const fix = 'Restore the directory from a backup, or choose an empty one.';
      throw new EmbeddedPostgresError('START_FAILED', detail, fix, { cause: error });
    });
  }

  async #asSuperuser(use: (client: pg.Client) => Promise<unknown>): Promise<void> {
    const client = new pg.Client({ connectionString: this.url('postgres'), connectionTimeoutMillis: 10_000 });
    client.on('error', () => undefined);
    await client.connect();
    try {
      await use(client);
    } finally {
      await client.end();
    }
  }
}

/** The same port again: open pools know no other. The dead server's memory may take a moment to be released. */
async function relaunch(spec: ServerSpec, port: number): Promise<RunningServer> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await launch(spec, port);
    } catch (error) {
      if (!(error instanceof RetryableStart) || tries >= MAX_START_TRIES) throw error;
      await pause(PAUSE_MS);
    }
  }
}
