import { Module } from '@nestjs/common';
import { CalendarModule } from '../calendar/calendar.module.js';
import { HandleReminder } from './handle-reminder.use-cases.js';
import { RemindOfClocks } from './remind-of-clocks.use-cases.js';
import { ReminderController } from './reminder.controller.js';
import { ReminderQueries } from './reminder.queries.js';

@Module({
  imports: [CalendarModule],
  controllers: [ReminderController],
  providers: [ReminderQueries, HandleReminder, RemindOfClocks],
  exports: [RemindOfClocks],
})
export class ReminderModule {}
