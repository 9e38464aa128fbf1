import { Module } from '@nestjs/common';
import { CalendarController } from './calendar.controller.js';
import { CalendarQueries } from './calendar.queries.js';
import { EnterCalendar } from './calendar.use-cases.js';
import { CustomsDay } from './customs-day.queries.js';

@Module({
  controllers: [CalendarController],
  providers: [CalendarQueries, EnterCalendar, CustomsDay],
  exports: [CustomsDay],
})
export class CalendarModule {}
