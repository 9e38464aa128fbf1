import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant } from '../shared/fields.js';
import { logAlarmTopic } from './topics.js';

/** What a node takes for an answer at most; a checkpoint has some hundred bytes. */
const MAX_NOTE = 65_536;

export const LogAlarmRaisedV1 = defineEvent({
  type: 'hetao.attestation.log-alarm-raised.v1',
  topic: logAlarmTopic,
  summary:
    'A transparency log was seen to contradict itself. `seen` and `shown` are what does not fit together, for anybody ' +
    'to check; nothing that log says is to be relied on until somebody has explained it.',
  key: (data) => data.origin,
  schema: z.object({
    alarmId: id,
    /** Name of the log. */
    origin: z.string().min(1).max(200),
    alarm: z.enum(['checkpoint_untrusted', 'wrong_log', 'rolled_back', 'fork', 'sighting_untrusted']),
    detail: z.string().min(1).max(2_000),
    seen: z.string().max(MAX_NOTE).nullable(),
    shown: z.string().max(MAX_NOTE),
    raisedAt: instant,
  }),
});

export type LogAlarmRaisedV1 = z.infer<typeof LogAlarmRaisedV1.schema>;
