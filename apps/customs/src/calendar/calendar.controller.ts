import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, Public, Repeatable, type CallerIdentity } from '@hetao/runtime';
import { dateDto, text } from '../shared/text.dto.js';
import { CalendarQueries } from './calendar.queries.js';
import { EnterCalendar } from './calendar.use-cases.js';

const calendarDto = z
  .strictObject({
    place: z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code'),
    year: z.int().min(2020).max(2100),
    weekend: z.array(z.int().min(0).max(6)).max(7).describe('Free days of the week, 0 for Sunday'),
    holidays: z.array(dateDto).max(200),
    makeUpDays: z.array(dateDto).max(100),
    source: text(500),
    certainty: z.enum(['announced', 'derived', 'provisional']).optional(),
  })
  .meta({ id: 'WorkCalendar' });
const calendarsDto = z.object({ data: z.array(calendarDto) }).meta({ id: 'WorkCalendars' });

/** Working days as governments announce them. A year nobody entered stops a clock with a question, never with a guess. */
@ApiTags('customs: calendars')
@Controller('v1/customs/calendars')
export class CalendarController {
  readonly #calendars: CalendarQueries;
  readonly #enter: EnterCalendar;

  constructor(calendars: CalendarQueries, enter: EnterCalendar) {
    this.#calendars = calendars;
    this.#enter = enter;
  }

  @Get()
  @Public()
  @ApiOkResponse({ standardSchema: calendarsDto })
  async listCalendars(): Promise<{ data: unknown }> {
    return { data: await this.#calendars.all() };
  }

  @Post()
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: calendarDto })
  async enterCalendar(
    @Body({ schema: calendarDto }) body: z.output<typeof calendarDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<unknown> {
    return unwrap(await this.#enter.execute(body, caller.subject));
  }
}
