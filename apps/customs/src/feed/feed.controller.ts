import { Controller, Delete, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { DomainException } from '@hetao/kernel';
import { sha256Hex } from '@hetao/proofs';
import { Allow, Caller, Public, type CallerIdentity } from '@hetao/runtime';
import { seesEveryTenant } from '../shared/reader.js';
import { feedErrors } from './feed.errors.js';
import { FeedQueries } from './feed.queries.js';
import { OpenCalendarFeed } from './feed.use-cases.js';

const CALENDAR = 'text/calendar; charset=utf-8';
const feedDto = z
  .object({
    path: z.string().describe('Secret: whoever knows it reads the feed. It is shown once'),
    token: z.string(),
  })
  .meta({ id: 'CalendarFeed' });

/** Due days as a calendar (RFC 5545): with a caller's name, or at a secret address for programs that have none. */
@ApiTags('customs: clocks')
@Controller('v1/customs')
export class FeedController {
  readonly #feeds: FeedQueries;
  readonly #open: OpenCalendarFeed;

  constructor(feeds: FeedQueries, open: OpenCalendarFeed) {
    this.#feeds = feeds;
    this.#open = open;
  }

  @Get('clocks.ics')
  @Allow('merchant', 'operator', 'auditor')
  @Header('content-type', CALENDAR)
  getClockCalendar(@Caller() caller: CallerIdentity): Promise<string> {
    return this.#feeds.calendarOf({ organisationId: caller.organisationId, seesAll: seesEveryTenant(caller) });
  }

  @Post('calendar-feed')
  @HttpCode(200)
  @Allow('merchant', 'operator', 'auditor')
  @ApiOkResponse({ standardSchema: feedDto })
  async openCalendarFeed(@Caller() caller: CallerIdentity): Promise<z.output<typeof feedDto>> {
    const token = await this.#open.execute(caller);
    return { path: `/v1/customs/calendar-feeds/${token}`, token };
  }

  @Delete('calendar-feed')
  @HttpCode(200)
  @Allow('merchant', 'operator', 'auditor')
  async closeCalendarFeed(@Caller() caller: CallerIdentity): Promise<{ closed: boolean }> {
    return { closed: (await this.#open.close(caller)) === 1 };
  }

  /** The token in the address is the whole permission, as calendar programs can send nothing else. */
  @Get('calendar-feeds/:token')
  @Public()
  @Header('content-type', CALENDAR)
  @Header('cache-control', 'private, max-age=300')
  async readCalendarFeed(@Param('token', { schema: z.string().max(100) }) token: string): Promise<string> {
    const owner = await this.#feeds.ownerOf(sha256Hex(token.replace(/\.ics$/, '')));
    if (owner === null) throw new DomainException(feedErrors.CALENDAR_FEED_UNKNOWN('No feed has this address.'));
    return this.#feeds.calendarOf(owner);
  }
}
