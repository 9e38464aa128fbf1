import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, text } from '../shared/fields.js';
import { sandboxOutputTopic } from './topics.js';

export const OutputRecalledV1 = defineEvent({
  type: 'hetao.sandbox.output-recalled.v1',
  topic: sandboxOutputTopic,
  summary: 'A released result is called back: nobody fetches it any more, and whoever has it destroys it.',
  key: (data) => data.outputId,
  schema: z.object({ outputId: id, agreementId: id, reason: text, recalledAt: instant }),
});

export type OutputRecalledV1 = z.infer<typeof OutputRecalledV1.schema>;
