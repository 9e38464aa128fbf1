import { text } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import { err, ok, type DomainError, type Result } from '@hetao/kernel';
import { floorOf } from '../isolation/isolation-level.js';
import { IsolationLadder } from '../isolation/isolation.ladder.js';
import { endWorker, launch, workerFile } from '../isolation/worker.launcher.js';
import type { ColumnRule, ColumnType } from './column-policy.js';
import type { AdmittedTable, DatasetVersion, Enclave } from './enclave.js';
import { enclaveErrors } from './enclave.errors.js';
import { EnclaveStore } from './enclave.store.js';

const ADMISSION_MS = 300_000;
const MEMORY_MIB = 1_024;
const TWIN_PATIENTS = 500;

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

/** What the worker made of the files, or what is wrong with them. Paths are relative to the enclaves' folder. */
export interface AdmissionReport {
  readonly faults?: readonly string[];
  readonly patients?: number;
  readonly tables?: readonly (Omit<AdmittedTable, 'columns'> & {
    readonly columns: readonly { readonly name: string; readonly type: ColumnType }[];
  })[];
}

/** A version that is being made; `before` is the newest one there is. */
export interface AdmissionDraft {
  readonly id: string;
  readonly before: DatasetVersion | null;
}

/** Runs the worker that reads what somebody sent, on the rung the data asks for. */
@Injectable()
export class AdmissionRunner {
  readonly #store: EnclaveStore;
  readonly #ladder: IsolationLadder;

  constructor(store: EnclaveStore, ladder: IsolationLadder) {
    this.#store = store;
    this.#ladder = ladder;
  }

  /** @returns ISOLATION_TOO_WEAK, DATASET_FILE_MISSING, DATASET_REFUSED when a file cannot be read at all. */
  async run(
    enclave: Enclave,
    wished: readonly TableWish[],
    { id, before }: AdmissionDraft,
  ): Promise<Result<AdmissionReport, DomainError>> {
    const staged = await this.#store.staged(enclave.id);
    const missing = wished.find(({ name, sql }) => sql === undefined && !staged.includes(name));
    if (missing) return err(enclaveErrors.DATASET_FILE_MISSING(`No file waits for the table ${missing.name}.`));
    const level = await this.#ladder.stand(floorOf(enclave.dataClass));
    if (!level.ok) return level;
    const folder = await this.#store.makeFolder(enclave.id, id);
    const files = wished.flatMap(({ name, sql }) =>
      sql === undefined ? [this.#store.stagedPath(enclave.id, name)] : [],
    );
    const numbers = before === null ? null : this.#store.numbersOf(before);
    const child = launch(level.value, {
      file: workerFile(import.meta.url, './admission.worker'),
      reads: [...files, ...(numbers === null ? [] : [numbers])],
      writes: [folder],
    });
    const timer = setTimeout(() => endWorker(child), ADMISSION_MS);
    const tables = wished.map(({ name, sql, patientKey, maxRowsPerPatient }) => ({
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
    if (answer !== '') return ok(this.#relative(JSON.parse(answer) as AdmissionReport));
    const reason = complaint.split('\n').find((line) => /Error/.test(line)) ?? 'the worker gave no answer';
    return err(enclaveErrors.DATASET_REFUSED(`The files could not be read: ${reason.trim().slice(0, 300)}`));
  }

  #relative(report: AdmissionReport): AdmissionReport {
    const moved = (path: string): string => this.#store.relative(path);
    const tables = report.tables?.map((table) => ({
      ...table,
      path: moved(table.path),
      twinPath: moved(table.twinPath),
    }));
    return tables ? { ...report, tables } : report;
  }

  /** Ends an admission: what was made stays and the uploads go, or the other way round. */
  settle(enclaveId: string, versionId: string, kept: boolean): Promise<void> {
    return kept ? this.#store.clearStaged(enclaveId) : this.#store.removeFolder(enclaveId, versionId);
  }
}
