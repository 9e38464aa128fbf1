import { Controller, Get, Header, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { Clock } from '@hetao/kernel';
import { Allow, CLOCK } from '@hetao/runtime';
import { mainlandYear } from '../shared/reader.js';
import { clearTimeChart, volumeChart } from './chart.js';
import { toCsv } from './csv.js';
import { drawChart } from './draw-chart.use-cases.js';
import {
  chartQuery,
  statisticsDto,
  statisticsQuery,
  tableQuery,
  type ChartQuery,
  type StatisticsDto,
  type TableQuery,
} from './statistics.dto.js';
import { StatisticsQueries } from './statistics.queries.js';

const VOLUME_COLUMNS = [
  ...(['month', 'pathway', 'destination', 'declarations', 'submitted', 'released'] as const),
  ...(['persons_general', 'persons_sensitive'] as const),
];
const CLEAR_COLUMNS = ['pathway', 'destination', 'released', 'p50', 'p90', 'p99'] as const;

/** How much of what went where, and how long it took: as data, as a table, and drawn. */
@ApiTags('customs: board')
@Controller('v1/customs')
@Allow('operator', 'auditor')
export class StatisticsController {
  readonly #statistics: StatisticsQueries;
  readonly #clock: Clock;

  constructor(statistics: StatisticsQueries, @Inject(CLOCK) clock: Clock) {
    this.#statistics = statistics;
    this.#clock = clock;
  }

  @Get('statistics')
  @ApiOkResponse({ standardSchema: statisticsDto })
  getCustomsStatistics(
    @Query({ schema: statisticsQuery }) query: z.output<typeof statisticsQuery>,
  ): Promise<StatisticsDto> {
    return this.#of(query.year);
  }

  @Get('statistics.csv')
  @ApiProduces('text/csv')
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="customs-statistics.csv"')
  async exportCustomsStatistics(@Query({ schema: tableQuery }) query: TableQuery): Promise<string> {
    const statistics = await this.#of(query.year);
    return query.table === 'volumes'
      ? toCsv(VOLUME_COLUMNS, statistics.volumes)
      : toCsv(CLEAR_COLUMNS, statistics.time_to_clear);
  }

  @Get('statistics.svg')
  @ApiProduces('image/svg+xml')
  @Header('content-type', 'image/svg+xml')
  @Header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
  async drawCustomsStatistics(@Query({ schema: chartQuery }) query: ChartQuery): Promise<string> {
    const { year, volumes, time_to_clear: clear } = await this.#of(query.year);
    if (query.chart === 'time_to_clear') return drawChart(clearTimeChart(clear, year, query.language));
    return drawChart(volumeChart(volumes, query.chart === 'volumes' ? 'month' : 'destination', year, query.language));
  }

  #of(year: number | undefined): Promise<StatisticsDto> {
    return this.#statistics.of(year ?? mainlandYear(this.#clock.now()));
  }
}
