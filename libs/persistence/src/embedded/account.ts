import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EmbeddedPostgresError } from './errors.js';

/** The operating system account the server runs as, when it is not ours. */
export interface ServerAccount {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Accounts that exist on common systems and may do nothing; the first is what a PostgreSQL package would have made. */
const CANDIDATES = ['postgres', '_postgres', 'nobody', 'daemon'];

/**
 * PostgreSQL refuses to run as root. For root this returns the unprivileged account to use instead: the owner of an
 * existing cluster, else one of the usual system accounts (none is created: this program does not alter the machine).
 * For everybody else it returns undefined: the server runs as the caller.
 *
 * @throws EmbeddedPostgresError NO_ACCOUNT
 */
export async function serverAccount(clusterDir: string): Promise<ServerAccount | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = await listAccounts();
  const owner = await stat(clusterDir).catch(() => undefined);
  if (owner && owner.uid !== 0) {
    const known = accounts.find((account) => account.uid === owner.uid);
    return { name: known?.name ?? `uid ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  }
  for (const name of CANDIDATES) {
    const account = accounts.find((candidate) => candidate.name === name);
    if (account) return account;
  }
  throw new EmbeddedPostgresError(
    'NO_ACCOUNT',
    `PostgreSQL does not run as root, and none of the accounts ${CANDIDATES.join(', ')} exists here.`,
    'Start as an ordinary user, or create one of these accounts.',
  );
}

async function listAccounts(): Promise<ServerAccount[]> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  return passwd
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter((account) => account.name !== '' && account.uid > 0 && account.gid >= 0);
}

/** True when any account may enter the directory: every folder on the way lets others pass. */
export async function reachableByOthers(directory: string): Promise<boolean> {
  for (let current = directory; ; current = dirname(current)) {
    const { mode } = await stat(current);
    if ((mode & 0o001) === 0) return false;
    if (current === dirname(current)) return true;
  }
}
