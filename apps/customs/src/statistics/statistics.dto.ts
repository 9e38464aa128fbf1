import { z } from 'zod';

export const charts = ['volumes', 'places', 'time_to_clear'] as const;
export type Chart = (typeof charts)[number];
const year = z.coerce.number().int().min(2020).max(2100).optional();
export const statisticsQuery = z.object({ year });
export const chartQuery = z.object({
  year,
  chart: z.enum(charts).default('volumes'),
  language: z.enum(['en', 'zh-Hans', 'zh-Hant']).default('en'),
});
export type ChartQuery = z.output<typeof chartQuery>;
export const tableQuery = z.object({ year, table: z.enum(['volumes', 'time_to_clear']).default('volumes') });
export type TableQuery = z.output<typeof tableQuery>;

const volume = z.object({
  pathway: z.string(),
  destination: z.string(),
  month: z.string().describe('YYYY-MM in which it was declared, on the mainland'),
  declarations: z.int(),
  submitted: z.int(),
  released: z.int(),
  persons_general: z.int().describe('Distinct persons sent under the releases, each once a release'),
  persons_sensitive: z.int(),
});
export type VolumeDto = z.output<typeof volume>;
const clearTime = z.object({
  pathway: z.string(),
  destination: z.string(),
  released: z.int(),
  p50: z.number().describe('Days from being handed in to release: half took no longer'),
  p90: z.number(),
  p99: z.number(),
});
export type ClearTimeDto = z.output<typeof clearTime>;
export const statisticsDto = z
  .object({
    year: z.int(),
    volumes: z.array(volume),
    time_to_clear: z.array(clearTime),
    states: z.array(z.object({ status: z.string(), declarations: z.int() })),
  })
  .meta({ id: 'CustomsStatistics' });
export type StatisticsDto = z.output<typeof statisticsDto>;
