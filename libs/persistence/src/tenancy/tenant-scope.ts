import { AsyncLocalStorage } from 'node:async_hooks';

/** What the setting {@link TENANT_SETTING} says on behalf of those who may see the rows of all. */
export const EVERY_TENANT = '*';

/** The setting of a database session that policies compare rows with. A session that never heard of it sees no row. */
export const TENANT_SETTING = 'hetao.tenant';

const scope = new AsyncLocalStorage<string>();

/** The organisation on whose behalf the running code asks, or {@link EVERY_TENANT}. */
export function currentTenant(): string {
  return scope.getStore() ?? EVERY_TENANT;
}

/**
 * Runs work on behalf of one organisation: whatever it asks of an isolated table, it gets that organisation's rows alone.
 *
 * @throws RangeError for a name that would open every row
 */
export function asTenant<T>(organisationId: string, work: () => T): T {
  if (organisationId === EVERY_TENANT) throw new RangeError('No organisation may be called "*".');
  return scope.run(organisationId, work);
}

/**
 * Runs work that is the exchange's own: what several organisations share, or what nobody has been named for yet. Say
 * beside each use why the caller's own rows are not enough.
 */
export function asEveryTenant<T>(work: () => T): T {
  return scope.run(EVERY_TENANT, work);
}
