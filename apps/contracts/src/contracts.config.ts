import { z } from 'zod';
import { integerSetting } from '@hetao/runtime';
import { dataspaceFaults, dataspaceSettings } from './dataspace/dataspace.config.js';

export const contractsConfig = z
  .object({
    /** Pause between two sweeps of deadlines, in ms: how late an agreement may come into force or expire. */
    SWEEP_INTERVAL_MS: integerSetting(50, 3_600_000).prefault('1000'),
    ...dataspaceSettings,
  })
  .superRefine((config, context) => {
    for (const { name, problem } of dataspaceFaults(config)) {
      context.addIssue({ code: 'custom', path: [name], message: problem });
    }
  });

export type ContractsConfig = z.output<typeof contractsConfig>;
