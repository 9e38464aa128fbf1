import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DomainException, type Clock } from '@hetao/kernel';
import {
  afterCursor,
  Allow,
  Caller,
  CLOCK,
  cursorPage,
  cursorQuery,
  idParam,
  pageOf,
  Repeatable,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import { z } from 'zod';
import type { NodeAlarm } from './node-alarm.js';
import { nodeErrors } from './node.errors.js';
import { NodeAlarms } from './node.queries.js';

const alarmDto = z
  .object({
    id: z.string(),
    origin: z.string().describe('The log that contradicts itself'),
    alarm: z.enum(['checkpoint_untrusted', 'wrong_log', 'rolled_back', 'fork', 'sighting_untrusted']),
    detail: z.string(),
    evidence: z.object({ seen: z.string().nullable(), shown: z.string() }).describe('Signed notes that contradict'),
    raised_at: z.iso.datetime(),
    acknowledged_at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'NodeAlarm' });
type AlarmDto = z.output<typeof alarmDto>;

/** The alarms of the cross-check between the nodes. */
@ApiTags('attestation-log')
@Controller('v1/attestation-witness/alarms')
export class NodeController {
  readonly #alarms: NodeAlarms;
  readonly #clock: Clock;

  constructor(alarms: NodeAlarms, @Inject(CLOCK) clock: Clock) {
    this.#alarms = alarms;
    this.#clock = clock;
  }

  @Get()
  @Allow('operator', 'auditor')
  @ApiOkResponse({ standardSchema: pageOf(alarmDto).meta({ id: 'NodeAlarmPage' }) })
  async listNodeAlarms(@Query({ schema: cursorQuery }) query: z.output<typeof cursorQuery>): Promise<Page<AlarmDto>> {
    const [after = ''] = afterCursor(query.cursor, {}) ?? [];
    const rows = await this.#alarms.list(String(after), query.limit + 1);
    const page = cursorPage(rows, query.limit, (row) => [row.id], {});
    return { ...page, data: page.data.map(toDto) };
  }

  @Post(':id/acknowledge')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: alarmDto })
  async acknowledgeNodeAlarm(
    @Param('id', idParam('alm')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<AlarmDto> {
    const alarm = await this.#alarms.acknowledge(id, this.#clock.now(), caller.subject);
    if (alarm === null) throw new DomainException(nodeErrors.NODE_ALARM_UNKNOWN(`There is no alarm ${id}.`));
    return toDto(alarm);
  }
}

function toDto({ alarm, raisedAt, acknowledgedAt, ...rest }: NodeAlarm): AlarmDto {
  return {
    ...rest,
    alarm,
    raised_at: raisedAt.toISOString(),
    acknowledged_at: acknowledgedAt?.toISOString() ?? null,
  };
}
