import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Why an alarm cannot be worked on as asked. */
export const auditErrors = defineErrors({
  SETTLEMENT_ALARM_NOT_FOUND: {
    kind: 'not_found',
    title: 'No such alarm',
    fix: 'List the alarms with GET /v1/settlement/alarms and use an id from there.',
  },
});

export type AuditError = ErrorOf<typeof auditErrors>;
