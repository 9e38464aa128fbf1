import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, idParam, Repeatable, type CallerIdentity, type Page } from '@hetao/runtime';
import { HandleReminder } from './handle-reminder.use-cases.js';
import {
  handledDto,
  reminderDto,
  reminderPageDto,
  reminderQuery,
  type ReminderDto,
  type ReminderQuery,
} from './reminder.dto.js';
import { ReminderQueries } from './reminder.queries.js';

/** Reminders of clocks: ten, three and one working days before the end, and, when it is over, before the supervisors. */
@ApiTags('customs: clocks')
@Controller('v1/customs/reminders')
export class ReminderController {
  readonly #reminders: ReminderQueries;
  readonly #handle: HandleReminder;

  constructor(reminders: ReminderQueries, handle: HandleReminder) {
    this.#reminders = reminders;
    this.#handle = handle;
  }

  @Get()
  @Allow('merchant', 'operator', 'auditor')
  @ApiOkResponse({ standardSchema: reminderPageDto })
  listReminders(
    @Query({ schema: reminderQuery }) query: ReminderQuery,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<ReminderDto>> {
    return this.#reminders.list(query, caller);
  }

  @Post(':id/handle')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: reminderDto })
  async handleReminder(
    @Param('id', idParam('rmd')) id: string,
    @Body({ schema: handledDto }) { note }: z.output<typeof handledDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<ReminderDto> {
    unwrap(await this.#handle.execute(id, note, caller));
    return unwrap(await this.#reminders.get(id));
  }
}
