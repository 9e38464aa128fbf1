import { text } from 'node:stream/consumers';
import { Inject, Injectable } from '@nestjs/common';
import { err, newId, ok, type Clock, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { documentHash } from '@hetao/proofs';
import { CLOCK } from '@hetao/runtime';
import { floorOf } from '../isolation/isolation-level.js';
import { IsolationLadder } from '../isolation/isolation.ladder.js';
import { endWorker, launch, workerFile } from '../isolation/worker.launcher.js';
import { defaultRule, policyFaults, type ColumnRule, type ColumnType } from './column-policy.js';
import { isPlainName, type AdmittedTable, type DatasetVersion, type Enclave } from './enclave.js';
import { enclaveErrors } from './enclave.errors.js';
import { EnclaveRepository } from './enclave.repository.js';
import { EnclaveStore } from './enclave.store.js';

/** A table as its custodian wishes it admitted. */
export interface TableWish {
  readonly name: string;
  readonly patientKey: string;
  readonly maxRowsPerPatient: number;
  /** Rules of the columns that are to differ from the default of their kind. */
  readonly columns: readonly ColumnRule[];
  /** Generates it; absent for an uploaded file. */
  readonly sql?: string;
}

export interface AdmissionWish {
  readonly tables: readonly TableWish[];
  readonly card: object;
}

interface AdmissionReport {
  readonly faults?: readonly string[];
  readonly patients?: number;
  readonly tables?: readonly (Omit<AdmittedTable, 'columns'> & {
    readonly columns: readonly { readonly name: string; readonly type: ColumnType }[];
  })[];
}

const ADMISSION_MS = 300_000;
const MEMORY_MIB = 1_024;
const TWIN_PATIENTS = 500;

/** Admits a new version of a dataset: numbered, checked, bounded, written anew, with its twin. All of it, or nothing. */
@Injectable()
export class AdmitDataset {
  readonly #uow: UnitOfWork;
  readonly #enclaves: EnclaveRepository;
  readonly #store: EnclaveStore;
  readonly #ladder: IsolationLadder;
  @Inject(CLOCK) private readonly clock!: Clock;

  constructor(uow: UnitOfWork, enclaves: EnclaveRepository, store: EnclaveStore, ladder: IsolationLadder) {
    this.#uow = uow;
    this.#enclaves = enclaves;
    this.#store = store;
    this.#ladder = ladder;
  }

  /** @returns ISOLATION_TOO_WEAK, DATASET_FILE_MISSING, DATASET_REFUSED naming every fault. */
  async execute(enclave: Enclave, wish: AdmissionWish, by: string): Promise<Result<DatasetVersion, DomainError>> {
    const id = newId('dsv');
    const before = await this.#uow.run((tx) => this.#enclaves.newestVersion(tx, enclave.id));
    const report = await this.#run(enclave, wish, { id, before });
    const version = report.ok ? this.#versionOf(enclave, wish, { id, before, report: report.value }) : report;
    const kept = version.ok ? await this.#keep(version.value, wish, by) : version;
    if (!kept.ok) await this.#store.removeFolder(enclave.id, id);
    else await this.#store.clearStaged(enclave.id);
    return kept;
  }

  async #run(
    enclave: Enclave,
    wish: AdmissionWish,
    { id, before }: Draft,
  ): Promise<Result<AdmissionReport, DomainError>> {
    const staged = await this.#store.staged(enclave.id);
    const missing = wish.tables.find(({ name, sql }) => sql === undefined && !staged.includes(name));
    if (missing) return err(enclaveErrors.DATASET_FILE_MISSING(`No file waits for the table ${missing.name}.`));
    const level = await this.#ladder.stand(floorOf(enclave.dataClass));
    if (!level.ok) return level;
    const folder = await this.#store.makeFolder(enclave.id, id);
    const files = wish.tables.flatMap(({ name, sql }) =>
      sql === undefined ? [this.#store.stagedPath(enclave.id, name)] : [],
    );
    const numbers = before === null ? null : this.#store.numbersOf(before);
    const child = launch(level.value, {
      file: workerFile(import.meta.url, './admission.worker'),
      reads: [...files, ...(numbers === null ? [] : [numbers])],
      writes: [folder],
    });
    const timer = setTimeout(() => endWorker(child), ADMISSION_MS);
    const tables = wish.tables.map(({ name, sql, patientKey, maxRowsPerPatient }) => ({
      ...{ name, patientKey, maxRowsPerPatient },
      ...(sql === undefined ? { file: this.#store.stagedPath(enclave.id, name) } : { sql }),
    }));
    const { minPatients, isSynthetic: synthetic } = enclave;
    child.stdin.end(
      JSON.stringify({
        tables,
        folder,
        numbers,
        minPatients,
        synthetic,
        memoryMib: MEMORY_MIB,
        twinPatients: TWIN_PATIENTS,
      }),
    );
    const [answer, complaint] = await Promise.all([text(child.stdout), text(child.stderr)]);
    clearTimeout(timer);
    if (answer !== '') return ok(JSON.parse(answer) as AdmissionReport);
    const reason = complaint.split('\n').find((line) => /Error/.test(line)) ?? 'the worker gave no answer';
    return err(enclaveErrors.DATASET_REFUSED(`The files could not be read: ${reason.trim().slice(0, 300)}`));
  }

  #versionOf(
    enclave: Enclave,
    wish: AdmissionWish,
    { id, before, report }: Draft & { readonly report: AdmissionReport },
  ): Result<DatasetVersion, DomainError> {
    const tables = (report.tables ?? []).map((table): AdmittedTable => {
      const wished = wish.tables.find(({ name }) => name === table.name)?.columns ?? [];
      const rules = table.columns.map(({ name, type }) => ({
        ...(wished.find((one) => one.name === name) ?? defaultRule(name, type)),
        type,
      }));
      return {
        ...table,
        columns: rules,
        path: this.#store.relative(table.path),
        twinPath: this.#store.relative(table.twinPath),
      };
    });
    const names = tables.flatMap(({ name, columns }) => [name, ...columns.map((column) => column.name)]);
    const unfit = names
      .filter((name) => !isPlainName(name))
      .map((name) => `${name}: use lower-case letters, digits and underscores`);
    const faults = [...(report.faults ?? []), ...unfit, ...tables.flatMap(policyFaults)];
    if (faults.length > 0) return err(enclaveErrors.DATASET_REFUSED(faults.slice(0, 20).join('; ')));
    const contentHash = documentHash(tables.map(({ name, sha256 }) => ({ name, sha256 })));
    const version = (before?.version ?? 0) + 1;
    return ok({ id, enclaveId: enclave.id, version, patients: report.patients ?? 0, contentHash, tables });
  }

  #keep(
    version: DatasetVersion,
    { card }: AdmissionWish,
    subject: string,
  ): Promise<Result<DatasetVersion, DomainError>> {
    return this.#uow.runResult(async (tx) => {
      await this.#enclaves.load(tx, version.enclaveId);
      const newest = await this.#enclaves.newestVersion(tx, version.enclaveId);
      if ((newest?.version ?? 0) + 1 !== version.version) {
        return err(enclaveErrors.DATASET_REFUSED('Another version was admitted meanwhile; admit this one again.'));
      }
      await this.#enclaves.insertVersion(tx, version, { subject, at: this.clock.now(), card });
      return ok(version);
    });
  }
}

interface Draft {
  readonly id: string;
  readonly before: DatasetVersion | null;
}
