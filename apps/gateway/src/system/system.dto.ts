import { z } from 'zod';
import { serviceStandingDto } from '@hetao/runtime';
import { desks } from '../dead-letter/service-desks.client.js';

export const systemStandingDto = z
  .object({
    read_at: z.iso.datetime(),
    services: z.array(
      z.object({
        service: z.enum(desks),
        standing: serviceStandingDto.nullable().describe('null: it did not answer in time'),
      }),
    ),
    webhooks: z.object({
      waiting: z.int().describe('Deliveries that are due, or will be tried again'),
      disabled: z.int().describe('Addresses that are told nothing since somebody, or their failures, turned them off'),
    }),
  })
  .meta({ id: 'SystemStanding' });
export type SystemStandingDto = z.output<typeof systemStandingDto>;
