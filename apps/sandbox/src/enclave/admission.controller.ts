import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiConsumes, ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { DomainException, unwrap } from '@hetao/kernel';
import { Allow, Caller, idParam, type CallerIdentity } from '@hetao/runtime';
import { AdmitDataset } from './admit-dataset.use-cases.js';
import { isPlainName } from './enclave.js';
import { newVersionDto, syntheticDto, toVersionDto, uploadedDto, versionDto } from './enclave.dto.js';
import { enclaveErrors } from './enclave.errors.js';
import { EnclaveStore } from './enclave.store.js';
import { Enclaves } from './enclave.use-cases.js';
import { tcmCard, tcmTables } from './tcm-dataset.js';

type VersionDto = z.output<typeof versionDto>;

/** Data goes in: files first, then one version of all of them. Nothing of it comes out here. */
@ApiTags('sandbox: enclaves')
@Controller('v1/sandbox/enclaves/:id')
export class AdmissionController {
  readonly #enclaves: Enclaves;
  readonly #store: EnclaveStore;
  readonly #admit: AdmitDataset;

  constructor(enclaves: Enclaves, store: EnclaveStore, admit: AdmitDataset) {
    this.#enclaves = enclaves;
    this.#store = store;
    this.#admit = admit;
  }

  @Post('files/:table')
  @Allow('merchant')
  @ApiConsumes('application/octet-stream')
  @ApiCreatedResponse({ standardSchema: uploadedDto })
  async uploadTable(
    @Param('id', idParam('enc')) id: string,
    @Param('table') table: string,
    @Body() body: unknown,
    @Caller() caller: CallerIdentity,
  ): Promise<z.output<typeof uploadedDto>> {
    unwrap(await this.#enclaves.own(id, caller));
    const isFile = body instanceof Uint8Array && isPlainName(table) && (await this.#store.stage(id, table, body));
    if (!isFile)
      throw new DomainException(enclaveErrors.DATASET_FILE_REFUSED(`${table.slice(0, 80)} is no table in Parquet.`));
    return { table, bytes: body.byteLength };
  }

  @Post('versions')
  @Allow('merchant')
  @ApiCreatedResponse({ standardSchema: versionDto })
  async admitDatasetVersion(
    @Param('id', idParam('enc')) id: string,
    @Body({ schema: newVersionDto }) body: z.output<typeof newVersionDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<VersionDto> {
    const enclave = unwrap(await this.#enclaves.own(id, caller));
    const tables = body.tables.map(
      ({ patient_key: patientKey, max_rows_per_patient: maxRowsPerPatient, ...table }) => ({
        ...{ ...table, patientKey, maxRowsPerPatient },
      }),
    );
    return toVersionDto(unwrap(await this.#admit.execute(enclave, { tables, card: {} }, caller.subject)));
  }

  @Post('synthetic-versions')
  @Allow('merchant')
  @ApiCreatedResponse({ standardSchema: versionDto })
  async generateDatasetVersion(
    @Param('id', idParam('enc')) id: string,
    @Body({ schema: syntheticDto }) { persons, seed }: z.output<typeof syntheticDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<VersionDto> {
    const enclave = unwrap(await this.#enclaves.own(id, caller));
    if (!enclave.isSynthetic)
      throw new DomainException(enclaveErrors.SYNTHETIC_ONLY(`Its class is ${enclave.dataClass}.`));
    const tables = tcmTables(persons, seed).map((table) => ({ ...table, columns: [] }));
    return toVersionDto(
      unwrap(await this.#admit.execute(enclave, { tables, card: tcmCard(persons, seed) }, caller.subject)),
    );
  }
}
