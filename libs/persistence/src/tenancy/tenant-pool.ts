import pg from 'pg';
import { isError } from '../native-error.js';
import { currentTenant, EVERY_TENANT, TENANT_SETTING } from './tenant-scope.js';

type OnConnected = (error: Error | undefined, client: pg.PoolClient | undefined, done: () => void) => void;

/**
 * A pool that tells each connection it lends on whose behalf it is borrowed. TypeORM, transactions and raw reads all come
 * through here, so none of them can forget to. Connections begin with every tenant (see `poolConfig`); the round trip
 * is paid only where a connection changes hands between organisations.
 */
export class TenantPool extends pg.Pool {
  readonly #told = new WeakMap<pg.PoolClient, string>();

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: OnConnected): void;
  override connect(callback?: OnConnected): Promise<pg.PoolClient> | void {
    // Read here: who waits for a free connection gets it in the course of somebody else's work.
    const lent = this.#lend(currentTenant());
    if (callback === undefined) return lent;
    lent.then(
      (client) => callback(undefined, client, client.release.bind(client)),
      (error: unknown) => callback(isError(error) ? error : new Error(String(error)), undefined, () => undefined),
    );
  }

  async #lend(tenant: string): Promise<pg.PoolClient> {
    const client = await super.connect();
    if ((this.#told.get(client) ?? EVERY_TENANT) === tenant) return client;
    try {
      await client.query('SELECT set_config($1, $2, false)', [TENANT_SETTING, tenant]);
      this.#told.set(client, tenant);
      return client;
    } catch (error) {
      // Nobody knows what it was told, so nobody may have it.
      client.release(true);
      throw error;
    }
  }
}
