import { z } from 'zod';
import { cursorQuery, idSchema, pageOf } from '@hetao/runtime';
import { localizedDto, text } from '../shared/text.dto.js';
import { reminderStages } from './reminder.js';

export const reminderQuery = cursorQuery.extend({
  declaration_id: idSchema('dcl').optional(),
  stage: z.enum(reminderStages).optional(),
  escalated: z
    .stringbool()
    .optional()
    .describe('True: overdue or not to be computed, and no officer has dealt with it'),
});
export type ReminderQuery = z.output<typeof reminderQuery>;
export const handledDto = z.strictObject({ note: text(1000) }).meta({ id: 'ReminderHandled' });
export const reminderDto = z
  .object({
    id: z.string(),
    declaration_id: z.string(),
    title: z.string(),
    clock: z.string(),
    text: localizedDto,
    owed_by: z.enum(['exporter', 'authority']),
    stage: z.enum(reminderStages),
    started_on: z.string(),
    due: z.string().nullable(),
    problem: z.string().nullable().describe('Why there is no due date; a date is never guessed'),
    at: z.iso.datetime(),
    escalated: z.boolean(),
    handled_by: z.string().nullable(),
    handled_note: z.string().nullable(),
    handled_at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ClockReminder' });
export type ReminderDto = z.output<typeof reminderDto>;
export const reminderPageDto = pageOf(reminderDto).meta({ id: 'ClockReminderPage' });
