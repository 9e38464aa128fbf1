import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { unwrap } from '@hetao/kernel';
import {
  afterCursor,
  Allow,
  Caller,
  cursorPage,
  cursorQuery,
  everyone,
  Idempotent,
  idParam,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import {
  enclaveDto,
  enclavePageDto,
  newBasisDto,
  newEnclaveDto,
  newPersonDto,
  recordedDto,
  toEnclaveDto,
  type EnclaveDto,
} from './enclave.dto.js';
import { Enclaves } from './enclave.use-cases.js';

type Recorded = z.output<typeof recordedDto>;

/** Enclaves: data that stays, and on what grounds it may be computed on. */
@ApiTags('sandbox: enclaves')
@Controller('v1/sandbox/enclaves')
export class EnclaveController {
  readonly #enclaves: Enclaves;

  constructor(enclaves: Enclaves) {
    this.#enclaves = enclaves;
  }

  @Post()
  @Allow('merchant')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: enclaveDto })
  async openEnclave(
    @Body({ schema: newEnclaveDto }) body: z.output<typeof newEnclaveDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<EnclaveDto> {
    const { product_id: productId, name, data_class: dataClass, origin, min_patients: minPatients, terms } = body;
    const agreed = {
      ...{ epsilon: terms.epsilon, queriesPerDay: terms.queries_per_day, sessionMinutes: terms.session_minutes },
      ...{ vcpuSeconds: terms.vcpu_seconds, gbSeconds: terms.gb_seconds, outputFiles: terms.output_files },
      predictions: terms.predictions,
      ...{ ownCode: terms.own_code, maxPeople: terms.max_people },
    };
    const wish = {
      productId,
      name,
      dataClass,
      origin,
      isSynthetic: dataClass === 'synthetic',
      minPatients,
      terms: agreed,
    };
    return toEnclaveDto(unwrap(await this.#enclaves.open(wish, caller)), null);
  }

  @Get()
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: enclavePageDto })
  async listEnclaves(
    @Query({ schema: cursorQuery }) query: z.output<typeof cursorQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<EnclaveDto>> {
    const [after = ''] = afterCursor(query.cursor, {}) ?? [];
    const rows = await this.#enclaves.list(caller, String(after), query.limit + 1);
    const page = cursorPage(rows, query.limit, ({ id }) => [id], {});
    return { ...page, data: page.data.map((enclave) => toEnclaveDto(enclave, null)) };
  }

  @Get(':id')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: enclaveDto })
  async getEnclave(@Param('id', idParam('enc')) id: string, @Caller() caller: CallerIdentity): Promise<EnclaveDto> {
    const { enclave, version } = unwrap(await this.#enclaves.get(id, caller));
    return toEnclaveDto(enclave, version);
  }

  @Post(':id/legal-bases')
  @Allow('merchant')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: recordedDto })
  async recordLegalBasis(
    @Param('id', idParam('enc')) id: string,
    @Body({ schema: newBasisDto }) body: z.output<typeof newBasisDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<Recorded> {
    const { kind, reference, destination, valid_from: validFrom, valid_until: validUntil } = body;
    return {
      id: unwrap(await this.#enclaves.recordBasis(id, { kind, reference, destination, validFrom, validUntil }, caller)),
    };
  }

  @Post(':id/legal-bases/:basis/withdraw')
  @HttpCode(200)
  @Allow('merchant')
  @Idempotent()
  @ApiOkResponse({ standardSchema: recordedDto })
  async withdrawLegalBasis(
    @Param('id', idParam('enc')) id: string,
    @Param('basis', idParam('lgb')) basis: string,
    @Caller() caller: CallerIdentity,
  ): Promise<Recorded> {
    return { id: unwrap(await this.#enclaves.withdrawBasis(id, basis, caller)) };
  }

  @Post(':id/people')
  @Allow('merchant')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: recordedDto })
  async admitEnclavePerson(
    @Param('id', idParam('enc')) id: string,
    @Body({ schema: newPersonDto }) body: z.output<typeof newPersonDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<Recorded> {
    const { agreement_id: agreementId, trained_on: trainedOn, ...person } = body;
    return { id: unwrap(await this.#enclaves.admitPerson(id, { ...person, agreementId, trainedOn }, caller)) };
  }
}
