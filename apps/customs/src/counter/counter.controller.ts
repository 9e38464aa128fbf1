import { Body, Controller, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { unwrap, type Clock } from '@hetao/kernel';
import { Allow, Caller, CLOCK, Idempotent, type CallerIdentity } from '@hetao/runtime';
import { mainlandYear, seesEveryTenant } from '../shared/reader.js';
import { counterDto, counterQuery, declaredDto, personsDto, sketchDto, type CounterDto } from './counter.dto.js';
import { CounterQueries } from './counter.queries.js';
import { CountPersons } from './counter.use-cases.js';

/** Distinct persons of an exporter in a calendar year, over every channel. */
@ApiTags('customs: counters')
@Controller('v1/customs/counters')
export class CounterController {
  readonly #counters: CounterQueries;
  readonly #count: CountPersons;
  readonly #clock: Clock;

  constructor(counters: CounterQueries, count: CountPersons, @Inject(CLOCK) clock: Clock) {
    this.#counters = counters;
    this.#count = count;
    this.#clock = clock;
  }

  @Get()
  @Allow('merchant', 'operator', 'auditor')
  @ApiOkResponse({ standardSchema: counterDto })
  getPersonCounter(
    @Query({ schema: counterQuery }) query: z.output<typeof counterQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<CounterDto> {
    const exporter = seesEveryTenant(caller) ? (query.exporter_id ?? caller.organisationId) : caller.organisationId;
    return this.#counters.of(exporter, query.year ?? mainlandYear(this.#clock.now()), seesEveryTenant(caller));
  }

  /** Persons sent over a channel that cannot name them as commitments: a bare number, replaced by the next one. */
  @Post('declared')
  @HttpCode(200)
  @Allow('merchant')
  @Idempotent()
  @ApiOkResponse({ standardSchema: declaredDto })
  async declarePersonsElsewhere(
    @Body({ schema: declaredDto }) body: z.output<typeof declaredDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<z.output<typeof declaredDto>> {
    await this.#count.declare(body, caller);
    return body;
  }

  /** Persons sent over another channel, as commitments under the same salt: nobody is counted twice. */
  @Post('persons')
  @HttpCode(200)
  @Allow('merchant')
  @Idempotent()
  async countPersonsElsewhere(
    @Body({ schema: personsDto }) body: z.output<typeof personsDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<{ counted_new: number }> {
    const persons = { general: body.general, sensitive: body.sensitive };
    return { counted_new: await this.#count.count(body.year, persons, caller) };
  }

  /** Persons of a channel that may give no commitments: a sketch, merged into what the channel sent before. */
  @Post('sketches')
  @HttpCode(200)
  @Allow('merchant')
  @Idempotent()
  async sketchPersonsElsewhere(
    @Body({ schema: sketchDto }) body: z.output<typeof sketchDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<{ merged: true }> {
    unwrap(await this.#count.addSketch(body, caller));
    return { merged: true };
  }
}
