import { Inject, Injectable } from '@nestjs/common';
import { err, newId, ok, type Clock, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { documentHash } from '@hetao/proofs';
import { CLOCK } from '@hetao/runtime';
import { AdmissionRunner, type AdmissionDraft, type AdmissionReport, type TableWish } from './admission.runner.js';
import { defaultRule, policyFaults } from './column-policy.js';
import { isPlainName, type AdmittedTable, type DatasetVersion, type Enclave } from './enclave.js';
import { enclaveErrors } from './enclave.errors.js';
import { EnclaveRepository } from './enclave.repository.js';

export interface AdmissionWish {
  readonly tables: readonly TableWish[];
  readonly card: object;
}

/** Admits a new version of a dataset: numbered, checked, bounded, written anew, with its twin. All of it, or nothing. */
@Injectable()
export class AdmitDataset {
  readonly #uow: UnitOfWork;
  readonly #enclaves: EnclaveRepository;
  readonly #runner: AdmissionRunner;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, enclaves: EnclaveRepository, runner: AdmissionRunner, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#enclaves = enclaves;
    this.#runner = runner;
    this.#clock = clock;
  }

  /** @returns ISOLATION_TOO_WEAK, DATASET_FILE_MISSING, DATASET_REFUSED naming every fault. */
  async execute(enclave: Enclave, wish: AdmissionWish, by: string): Promise<Result<DatasetVersion, DomainError>> {
    const id = newId('dsv');
    const before = await this.#uow.run((tx) => this.#enclaves.newestVersion(tx, enclave.id));
    const report = await this.#runner.run(enclave, wish.tables, { id, before });
    const version = report.ok ? versionOf(enclave, wish, { id, before, report: report.value }) : report;
    const kept = version.ok ? await this.#keep(version.value, wish, by) : version;
    await this.#runner.settle(enclave.id, id, kept.ok);
    return kept;
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
      await this.#enclaves.insertVersion(tx, version, { subject, at: this.#clock.now(), card });
      return ok(version);
    });
  }
}

interface Drafted extends AdmissionDraft {
  readonly report: AdmissionReport;
}

function versionOf(
  enclave: Enclave,
  wish: AdmissionWish,
  { id, before, report }: Drafted,
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
