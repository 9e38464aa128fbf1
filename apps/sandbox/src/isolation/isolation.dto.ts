import { z } from 'zod';
import { isolationLevels, type IsolationLevel, type RungReport } from './isolation-level.js';

const check = z.object({ name: z.string(), held: z.boolean(), detail: z.string() });
const rung = z
  .object({
    level: z.enum(isolationLevels),
    available: z.boolean(),
    means: z.string(),
    reason: z.string().nullable(),
    checks: z.array(check),
  })
  .meta({ id: 'IsolationRung' });
export const isolationDto = z
  .object({ level: z.enum(isolationLevels).nullable(), rungs: z.array(rung) })
  .meta({ id: 'Isolation' });
export type IsolationDto = z.output<typeof isolationDto>;

const MEANS: Readonly<Record<IsolationLevel, string>> = {
  L0: 'a process of its own; gated SQL and built-in analyses only',
  L1: "Node's permission model and isolated-vm",
  L2: 'a network namespace of its own',
  L3: 'bubblewrap root, system call filter, resource limits',
  L4: 'gVisor or Kata with a default-deny network policy',
  L5: 'a confidential machine with attested key release',
};

/** Renders what the probe found. */
export function toIsolationDto(rungs: readonly RungReport[], level: IsolationLevel | null): IsolationDto {
  return {
    level,
    rungs: rungs.map((one) => ({ ...one, means: MEANS[one.level], checks: [...one.checks] })),
  };
}
