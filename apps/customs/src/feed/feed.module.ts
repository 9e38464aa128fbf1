import { Module } from '@nestjs/common';
import { CalendarModule } from '../calendar/calendar.module.js';
import { FeedController } from './feed.controller.js';
import { FeedQueries } from './feed.queries.js';
import { OpenCalendarFeed } from './feed.use-cases.js';

@Module({ imports: [CalendarModule], controllers: [FeedController], providers: [FeedQueries, OpenCalendarFeed] })
export class FeedModule {}
