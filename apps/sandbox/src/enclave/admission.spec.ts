import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, unwrap } from '@hetao/kernel';
import { createLogger } from '@hetao/runtime';
import { SqlSession } from '../compute/sql.session.js';
import { evidenceSql, readEvidence } from '../disclosure/evidence-sql.js';
import { sizeOf } from '../disclosure/evidence.js';
import { IsolationLadder } from '../isolation/isolation.ladder.js';
import { gateQuery } from '../query-gate/sql-gate.js';
import { AdmissionRunner, type TableWish } from './admission.runner.js';
import { defaultRule, policyFaults } from './column-policy.js';
import type { Enclave } from './enclave.js';
import { EnclaveStore } from './enclave.store.js';
import { tcmTables } from './tcm-dataset.js';

const PERSONS = 400;
const enclave: Enclave = {
  ...{ id: newId('enc'), productId: newId('prd'), custodianId: newId('org'), name: { en: 'TCM' } },
  ...{ dataClass: 'synthetic', origin: 'CN', isSynthetic: true, minPatients: 10 },
  terms: {
    epsilon: 3,
    queriesPerDay: 100,
    sessionMinutes: 60,
    vcpuSeconds: 60,
    gbSeconds: 60,
    outputFiles: 1,
    predictions: 100,
    ownCode: true,
    maxPeople: 3,
  },
};
let folder: string;
let store: EnclaveStore;
let runner: AdmissionRunner;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hetao-admission-'));
  store = new EnclaveStore({ SANDBOX_DATA_DIR: folder } as ConstructorParameters<typeof EnclaveStore>[0]);
  runner = new AdmissionRunner(store, new IsolationLadder(createLogger({ service: 'sandbox', level: 'silent' })));
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const wishes = (seed: number): TableWish[] => tcmTables(PERSONS, seed).map((table) => ({ ...table, columns: [] }));
const admit = async (tables: readonly TableWish[], id = newId('dsv')) =>
  unwrap(await runner.run(enclave, tables, { id, before: null }));

describe('the generated TCM dataset', () => {
  it('is the same for the same seed, labelled synthetic in every row, and answers with its evidence', async () => {
    const [patients] = wishes(7);
    if (!patients) throw new Error('There is a table of patients.');
    const [same, different] = [patients, { ...patients, sql: tcmTables(PERSONS, 8)[0]?.sql ?? '' }];
    const one = await admit([...wishes(7), { ...same, name: 'again' }, { ...different, name: 'other' }]);
    expect(one.faults).toBeUndefined();
    expect(one.patients).toBe(PERSONS);
    const hashOf = (name: string) => one.tables?.find((table) => table.name === name)?.sha256;
    expect(hashOf('again')).toBe(hashOf('patient'));
    expect(hashOf('other')).not.toBe(hashOf('patient'));
    const tables = (one.tables ?? []).map((table) => ({
      ...table,
      columns: table.columns.map(({ name, type }) => defaultRule(name, type)),
    }));
    expect(tables.flatMap(policyFaults)).toEqual([]);
    const files = tables.map(({ name, path }) => ({ name, path: join(folder, path), select: '*' }));
    const session = unwrap(
      await SqlSession.open('L0', { tables: files, memoryMib: 512, threads: 1, timeoutMs: 20_000 }),
    );
    const untagged = unwrap(
      await session.query(`SELECT count(*) AS n FROM lab WHERE meta_tag IS DISTINCT FROM 'SYNTHETIC'`),
    );
    expect(untagged).toEqual([{ n: '0' }]);
    const sql =
      'SELECT gender, count(DISTINCT p.patient_id), avg(value_quantity), median(value_quantity), count(*) FROM patient p JOIN lab l ON p.patient_id = l.patient_id GROUP BY gender';
    const plan = unwrap(gateQuery(unwrap(await session.parse(sql)), tables));
    const cells = unwrap(await session.query(evidenceSql(plan, PERSONS))).map((row) => readEvidence(row, plan));
    const raw = unwrap(
      await session.query(
        `SELECT gender, count(DISTINCT p.patient_id) AS n, avg(value_quantity) AS mean, count(*) AS n_rows FROM patient p JOIN lab l USING (patient_id) GROUP BY 1`,
      ),
    );
    for (const cell of cells) {
      const truth = raw.find((row) => row['gender'] === cell.keys[0]);
      expect([cell.patients, sizeOf(cell.set), cell.rows]).toEqual([
        Number(truth?.['n']),
        Number(truth?.['n']),
        Number(truth?.['n_rows']),
      ]);
      expect(cell.measures[1]?.value).toBeCloseTo(Number(truth?.['mean']), 9);
      expect(cell.measures[2]?.value).toBeGreaterThan(0);
    }
    expect(cells).toHaveLength(2);
    await session.close();
    const twins = tables.map(({ name, twinPath }) => ({ name, path: join(folder, twinPath), select: '*' }));
    const twin = unwrap(await SqlSession.open('L0', { tables: twins, memoryMib: 256, threads: 1, timeoutMs: 20_000 }));
    const [row] = unwrap(
      await twin.query(
        `SELECT count(*) AS n, count(*) FILTER (WHERE patient_id NOT LIKE 'TWIN-%') AS real FROM patient`,
      ),
    );
    expect(row).toEqual({ n: '500', real: '0' });
    await twin.close();
  }, 60_000);
});

describe('what is refused at admission', () => {
  const wish = (name: string, sql: string): TableWish => ({
    name,
    sql,
    patientKey: 'patient_id',
    maxRowsPerPatient: 2,
    columns: [],
  });
  it('every fault is named at once', async () => {
    const { faults = [] } = await admit([
      wish('lab', "SELECT 'a' AS patient_id, [1, 2] AS values"),
      wish('patient', "SELECT 'a' AS patient_id FROM range(2)"),
      wish('outcome', 'SELECT NULL::VARCHAR AS patient_id, 1 AS x'),
      wish('pattern', "SELECT 'a' AS patient_id WHERE false"),
    ]);
    expect(faults).toEqual([
      'lab.values: INTEGER[] is no type that is admitted (numbers, text, dates, booleans)',
      'patient: 1 patients are there twice',
      'outcome: 1 rows name no patient',
      'pattern: there is no row',
    ]);
  });

  it('bounds what one patient contributes', async () => {
    const { tables = [] } = await admit([
      wish('lab', "SELECT concat('p', i.range) AS patient_id, r.range AS x FROM range(3) i, range(50) r"),
    ]);
    expect(tables[0]?.rows).toBe(6);
  });

  it('a file that is no Parquet', async () => {
    expect(await store.stage(enclave.id, 'patient', new TextEncoder().encode('id,age\n1,2\n'))).toBe(false);
  });
});
