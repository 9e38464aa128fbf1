import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { messagingMigrations } from '@hetao/messaging';
import { openDatabase, UnitOfWork } from '@hetao/persistence';
import { ledgerGenesis, ledgerProofFault, ledgerRowHash, type LedgerProof } from '@hetao/proofs';
import { runtimeMigrations } from '@hetao/runtime';
import { emptyDatabase, forge } from '@hetao/testing';
import type { ChainRowDto } from '../src/chain/chain.dto.js';
import { ChainQueries } from '../src/chain/chain.queries.js';
import { ChainRepository } from '../src/chain/chain.repository.js';
import { SealLedger } from '../src/chain/chain.use-cases.js';
import { settlementMigrations } from '../src/database/migrations/index.js';
import { LedgerRepository } from '../src/ledger/ledger.repository.js';
import { bankCredit, ledgerFixture, type LedgerFixture } from './ledger-fixture.js';

const clock = { now: () => new Date('2015-06-10T08:00:00Z') };
let fixture: LedgerFixture;
let seal: SealLedger;
let chain: ChainQueries;
beforeAll(async () => {
  fixture = await ledgerFixture(clock);
  seal = new SealLedger(fixture.uow, new ChainRepository(), clock);
  chain = new ChainQueries(fixture.uow, new ChainRepository());
});
afterAll(() => fixture.close());

const sql = <R extends object>(text: string, params: unknown[] = []): Promise<R[]> =>
  fixture.database.withClient(async (client) => (await client.query<R>(text, params)).rows);

async function sealAll(): Promise<number> {
  let sealed = 0;
  for (let turn = 0; turn < 100; turn += 1) {
    const rows = await seal.execute();
    if (rows === 0) return sealed;
    sealed += rows;
  }
  throw new Error('Sealing does not end.');
}

async function post(...amounts: bigint[]): Promise<readonly string[]> {
  const result = await fixture.uow.runResult((tx) =>
    fixture.ledger.post(
      tx,
      amounts.map((amount) => bankCredit(amount)),
    ),
  );
  if (!result.ok) throw new Error(result.error.detail);
  return result.value.map(({ transactionId }) => transactionId);
}

async function proofOf(transactionId: string): Promise<LedgerProof> {
  const proof = await chain.proof(transactionId);
  if (!proof.ok) throw new Error(proof.error.detail);
  // As whoever was handed the file would read it.
  return JSON.parse(JSON.stringify(proof.value)) as LedgerProof;
}

/** The whole chain of rows, recomputed from the first. @returns the sequence of the first that does not fit. */
async function firstBroken(): Promise<number | null> {
  let previous = ledgerGenesis;
  let cursor: string | undefined;
  do {
    const page: { data: readonly ChainRowDto[]; next_cursor: string | null } = await chain.rows({
      after: 0,
      limit: 100,
      ...(cursor && { cursor }),
    });
    for (const { sequence, hash, row, previous: told } of page.data) {
      if (told !== previous || ledgerRowHash(sequence, previous, row) !== hash) return sequence;
      previous = hash;
    }
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined);
  return null;
}

describe('the chain', () => {
  it('seals what was recorded, once, in order, and proves any of it under its head', async () => {
    expect(await chain.head()).toMatchObject({ segments: 0, root: null, sequence: 0, unsealed: 0 });
    const ids: string[] = [];
    for (let batch = 1; batch <= 7; batch += 1) {
      ids.push(...(await post(...Array.from({ length: batch }, (_, n) => BigInt(n + 1)))));
      if (batch % 2 === 0) await sealAll();
    }
    const waiting = await chain.proof(ids.at(-1) ?? '');
    expect(waiting).toMatchObject({ ok: false, error: { code: 'LEDGER_NOT_SEALED' } });
    await sealAll();
    const head = await chain.head();
    expect(head).toMatchObject({ segments: 4, sequence: 28, unsealed: 0 });
    for (const id of ids) {
      const proof = await proofOf(id);
      expect(ledgerProofFault(proof, { segments: 4, root: head.root ?? '' })).toBeUndefined();
      expect(proof.row.transaction_id).toBe(id);
    }
    expect(await firstBroken()).toBeNull();
    const segments = await chain.segments({ limit: 2 });
    expect(segments).toMatchObject({
      has_more: true,
      data: [
        { no: 1, first_sequence: 1 },
        { no: 2, first_sequence: 4 },
      ],
    });
    expect(await chain.proof('txn_00000000000000000000000000')).toMatchObject({
      ok: false,
      error: { code: 'LEDGER_TRANSACTION_NOT_FOUND' },
    });
  });

  it('gives proofs in which nothing can be changed', async () => {
    const [id = ''] = await post(700n);
    await sealAll();
    const proof = await proofOf(id);
    const { root, segments } = proof.head;
    const [first] = proof.row.entries;
    if (first === undefined) throw new Error('The proof has no entries.');
    const forged: [Partial<LedgerProof>, string][] = [
      [{ row: { ...proof.row, effective_at: '2015-06-11T00:00:00.000000Z' } }, 'not what was hashed'],
      [{ row: { ...proof.row, entries: [{ ...first, amount_minor: '701' }] } }, 'not what was hashed'],
      [{ sequence: proof.sequence + 1 }, 'not what was hashed'],
      [{ previous: root }, 'not what was hashed'],
      [{ row_path: [root] }, 'not stand in the segment'],
      [{ segment: { ...proof.segment, sealed_at: '2015-06-10T08:00:00.000001Z' } }, 'not stand under the head'],
      [{ segment_path: [] }, 'not stand under the head'],
      [{ hash: 'x' }, '64 hexadecimal'],
    ];
    for (const [change, fault] of forged) expect(ledgerProofFault({ ...proof, ...change })).toContain(fault);
    const rehashed = { ...proof.row, entries: [{ ...first, amount_minor: '701' }] };
    const hash = ledgerRowHash(proof.sequence, proof.previous, rehashed);
    expect(ledgerProofFault({ ...proof, row: rehashed, hash })).toContain('does not balance');
    expect(ledgerProofFault(proof, { segments: segments + 1, root })).toContain('another head');
  });

  it('shows what a superuser who switched the triggers off has changed', async () => {
    const [id = ''] = await post(800n);
    await sealAll();
    const proof = await proofOf(id);
    const tamper = (from: number, to: number) =>
      forge(fixture.database, (client) =>
        client.query('UPDATE ledger_entries SET amount_minor = $2 WHERE amount_minor = $1', [from, to]),
      );
    await tamper(800, 801);
    expect(await firstBroken()).toBe(proof.sequence);
    expect(ledgerProofFault(await proofOf(id))).toBe('the row is not what was hashed');
    await tamper(801, 800);
    expect(await firstBroken()).toBeNull();
  });

  it('keeps up with writers that commit out of order, and several sealers do not meet', async () => {
    const writers = Array.from({ length: 8 }, (_, n) =>
      post(...Array.from({ length: 20 }, (_, k) => BigInt(n * 20 + k + 1))),
    );
    const sealers = Array.from({ length: 6 }, () => seal.execute());
    const ids = (await Promise.all(writers)).flat();
    await Promise.all(sealers);
    await sealAll();
    expect(await firstBroken()).toBeNull();
    const [left] = await sql<{ unsealed: string; doubled: string; gaps: string }>(
      `SELECT (SELECT count(*) FROM ledger_transactions t LEFT JOIN ledger_seals s USING (transaction_no) WHERE s.sequence IS NULL) AS unsealed,
              (SELECT count(*) - count(DISTINCT transaction_no) FROM ledger_seals) AS doubled,
              (SELECT max(sequence) - count(*) FROM ledger_seals) AS gaps`,
    );
    expect(left).toEqual({ unsealed: '0', doubled: '0', gaps: '0' });
    expect(ledgerProofFault(await proofOf(ids[77] ?? ''))).toBeUndefined();
    // On each account the chain has the entries in the order of their versions.
    const swapped = await sql(
      `SELECT 1 FROM (SELECT e.account_no, e.version, lag(s.sequence) OVER (PARTITION BY e.account_no ORDER BY e.version) > s.sequence AS back
                        FROM ledger_entries e JOIN ledger_seals s USING (transaction_no)) x WHERE back`,
    );
    expect(swapped).toEqual([]);
  });

  it('lets nothing leave the list of the unsealed before it is sealed', async () => {
    await post(1n);
    await expect(sql('DELETE FROM ledger_unsealed')).rejects.toMatchObject({ code: 'HX004' });
    await expect(sql('UPDATE ledger_unsealed SET last_no = last_no')).rejects.toMatchObject({ code: 'HX004' });
    await expect(sql('INSERT INTO ledger_unsealed (first_no, last_no) VALUES (1, 1)')).rejects.toMatchObject({
      code: 'HX004',
    });
    for (const table of ['ledger_seals', 'ledger_segments', 'ledger_chain_nodes']) {
      await expect(sql(`DELETE FROM ${table}`)).rejects.toMatchObject({ code: 'HX004' });
      await expect(sql(`TRUNCATE ${table}`)).rejects.toMatchObject({ code: 'HX004' });
    }
    await sealAll();
  });
});

describe('the owner of the database', () => {
  it('can run all of it without the right to change what is recorded', async () => {
    const { url, drop } = await emptyDatabase();
    const database = await openDatabase({
      url,
      schema: 'settlement',
      entities: [],
      migrations: [...messagingMigrations, ...runtimeMigrations, ...settlementMigrations],
      applicationName: 'test',
      poolSize: 2,
    });
    try {
      await database.migrate();
      const uow = new UnitOfWork(database, { write: () => Promise.resolve(), committed: () => undefined }, clock);
      const posted = await uow.runResult((tx) => new LedgerRepository(clock).post(tx, [bankCredit(5n)]));
      expect(posted).toMatchObject({ ok: true });
      expect(await new SealLedger(uow, new ChainRepository(), clock).execute()).toBe(1);
      for (const table of [
        'ledger_entries',
        'ledger_transactions',
        'ledger_accounts',
        'ledger_seals',
        'ledger_holds',
      ]) {
        for (const statement of [`DELETE FROM ${table}`, `TRUNCATE ${table}`]) {
          await expect(database.withClient((client) => client.query(statement))).rejects.toMatchObject({
            code: '42501',
          });
        }
      }
      const change = 'UPDATE ledger_entries SET amount_minor = 1';
      await expect(database.withClient((client) => client.query(change))).rejects.toMatchObject({ code: '42501' });
    } finally {
      await database.close();
      await drop();
    }
  });
});
