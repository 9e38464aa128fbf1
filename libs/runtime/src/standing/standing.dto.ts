import { z } from 'zod';

const count = z.int().min(0).nullable();

/** How one service stands: what it waits for, what waits for it, and what it does by the clock. */
export const serviceStandingDto = z
  .object({
    ready: z.boolean(),
    phase: z.enum(['starting', 'running', 'draining', 'closing']),
    checks: z
      .record(z.string(), z.object({ ok: z.boolean(), detail: z.string() }))
      .describe('What has to be right before traffic may come, as /readyz answers'),
    messages: z
      .object({
        lag: count.describe('Events known to wait for this service'),
        backlog: count.describe('Events committed here and not yet carried on'),
        oldest_s: z.number().min(0).nullable().describe('Age of the oldest of them, in seconds'),
        refused: count.describe('Events that the broker refused for good'),
        dead_letters: count.describe('Events set aside after their tries, and not settled'),
      })
      .describe('null: could not be read in time'),
    jobs: z
      .array(
        z.object({
          name: z.string(),
          every_s: z.number().describe('Pause between two turns, in seconds'),
          last_at: z.iso.datetime().nullable().describe('End of the last turn that this process did'),
          fault: z.string().nullable().describe('Why its last turn failed; it is tried again at every turn'),
        }),
      )
      .describe('Work done again and again, of the process that answered'),
  })
  .meta({ id: 'ServiceStanding' });
export type ServiceStandingDto = z.output<typeof serviceStandingDto>;
