import { unwrap } from '@hetao/kernel';
import {
  Allow,
  Caller,
  cursorQuery,
  idParam,
  reasonDto,
  Repeatable,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { AlarmStore } from './alarm.store.js';
import {
  alarmDto,
  alarmPageDto,
  alarmQueryDto,
  auditDto,
  auditPageDto,
  toAuditDto,
  type AlarmDto,
  type AlarmQueryDto,
  type AuditDto,
} from './audit.dto.js';
import { AuditLedger } from './audit.use-cases.js';

@ApiTags('ledger')
@Controller('v1/settlement')
@Allow('operator', 'auditor', 'system')
export class AuditController {
  readonly #audit: AuditLedger;
  readonly #alarms: AlarmStore;

  constructor(audit: AuditLedger, alarms: AlarmStore) {
    this.#audit = audit;
    this.#alarms = alarms;
  }

  /** Audits the ledger now, as every night: it moves nothing, and may be asked for at any time. */
  @Post('audits')
  @HttpCode(200)
  @Allow('operator', 'system')
  @ApiOkResponse({ standardSchema: auditDto })
  async auditLedger(@Caller() caller: CallerIdentity): Promise<AuditDto> {
    return toAuditDto(await this.#audit.execute(caller.subject));
  }

  @Get('audits')
  @ApiOkResponse({ standardSchema: auditPageDto })
  listLedgerAudits(@Query({ schema: cursorQuery }) query: z.output<typeof cursorQuery>): Promise<Page<AuditDto>> {
    return this.#alarms.audits(query);
  }

  @Get('alarms')
  @ApiOkResponse({ standardSchema: alarmPageDto })
  listSettlementAlarms(@Query({ schema: alarmQueryDto }) query: AlarmQueryDto): Promise<Page<AlarmDto>> {
    return this.#alarms.list(query);
  }

  @Post('alarms/:id/acknowledge')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: alarmDto })
  async acknowledgeSettlementAlarm(
    @Param('id', idParam('alm')) id: string,
    @Body({ schema: reasonDto }) { reason }: z.output<typeof reasonDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<AlarmDto> {
    return unwrap(await this.#alarms.acknowledge(id, caller.subject, reason));
  }
}
