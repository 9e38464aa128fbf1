import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { newId, systemClock, unwrap } from '@hetao/kernel';
import { openDatabase, startEmbeddedPostgres, UnitOfWork, type Database } from '@hetao/persistence';
import { sandboxService } from '@hetao/sandbox';
import { PrivacyAccount, PrivacyLedgerRepository } from '@hetao/sandbox/privacy';
import type { LearningLine } from './learning-report.js';

const LONGEST_LIFE_MS = 40;
const ROUNDS = 1_000_000;

interface Spender {
  readonly url: string;
  readonly ledgerId: string;
  readonly spenderId: string;
}

/** Goal 18: a process that charges and sends is killed with SIGKILL at random points; what was sent was always charged. */
export async function crashLines(kills: number): Promise<LearningLine[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hetao-bench-ledger-'));
  const postgres = await startEmbeddedPostgres({ dataDir, durable: true });
  try {
    const url = await postgres.createDatabase('ledger');
    const { schema, entities, allMigrations: migrations } = sandboxService;
    const database = await openDatabase({ url, schema, entities, migrations, applicationName: 'bench', poolSize: 2 });
    try {
      await database.migrate();
      return await killed(database, await spenderOn(database, url), kills);
    } finally {
      await database.close();
    }
  } finally {
    await postgres.stop('fast');
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function killed(database: Database, spender: Spender, kills: number): Promise<LearningLine[]> {
  let [sent, uncharged, unsent] = [0, 0, 0];
  for (let kill = 0; kill < kills; kill += 1) {
    sent += await oneLife(spender);
    const charged = await chargedBy(database, spender);
    if (sent > charged) uncharged += 1;
    unsent = charged - sent;
  }
  if (sent === 0) throw new Error('Nothing was ever sent: the processes died before they did anything.');
  const conditions = `${kills} kills -9 within ${LONGEST_LIFE_MS} ms of a send, durable PostgreSQL; ${sent} sent, ${unsent} charged and not sent`;
  return [
    {
      figure: 'ledger_sent_uncharged',
      value: uncharged,
      unit: 'of kills',
      goal: '0',
      met: uncharged === 0,
      conditions,
    },
  ];
}

/** Lets a process begin to send, ends it some moments later, and counts what came. */
async function oneLife({ url, ledgerId, spenderId }: Spender): Promise<number> {
  const program = fileURLToPath(new URL('./ledger-spender.js', import.meta.url));
  const child = spawn(process.execPath, [program, url, ledgerId, spenderId], { stdio: ['ignore', 'pipe', 'inherit'] });
  let sent = 0;
  child.stdout.on('data', (chunk: Buffer) => (sent += chunk.length));
  const closed = once(child, 'close');
  await Promise.race([once(child.stdout, 'data'), closed]);
  await pause(Math.random() * LONGEST_LIFE_MS);
  child.kill('SIGKILL');
  await closed;
  return sent;
}

async function spenderOn(database: Database, url: string): Promise<Spender> {
  const uow = new UnitOfWork(database, { write: () => Promise.resolve(), committed: () => undefined }, systemClock);
  const account = new PrivacyAccount(new PrivacyLedgerRepository(), systemClock);
  const spenderId = newId('trn');
  const ledger = await uow.run(async (tx) => {
    const parties = { granteeOrganisationId: 'par_hk', ownerOrganisationId: 'par_sz' };
    const opened = await account.openOnce(tx, {
      ...{ ...parties, projectId: 'agr_bench', datasetVersionId: 'dsv_bench', epsilonCap: 20, delta: 1e-6 },
    });
    const mechanism = { kind: 'sampled_gaussian' as const, samplingRate: 0.001, noiseMultiplier: 100 };
    unwrap(
      await account.reserve(
        tx,
        { ledgerId: opened.id, spender: 'training_run', spenderId },
        { mechanism, count: ROUNDS },
      ),
    );
    return opened;
  });
  return { url, ledgerId: ledger.id, spenderId };
}

async function chargedBy(database: Database, { spenderId }: Spender): Promise<number> {
  return database.withClient(async (client) => {
    const { rows } = await client.query<{ charged: number }>(
      'SELECT charged FROM privacy_entries WHERE spender_id = $1',
      [spenderId],
    );
    return rows[0]?.charged ?? 0;
  });
}
