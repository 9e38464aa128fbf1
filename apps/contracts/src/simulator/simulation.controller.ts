import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, everyone, type CallerIdentity } from '@hetao/runtime';
import { newSimulationDto, simulationDto, type NewSimulationDto, type SimulationDto } from './simulation.dto.js';
import { SimulateUsage } from './simulation.use-cases.js';

/** What usage would cost, who would get what of it, and when: before anybody binds himself. */
@ApiTags('simulations')
@Controller('v1/simulations')
export class SimulationController {
  readonly #simulate: SimulateUsage;

  constructor(simulateUsage: SimulateUsage) {
    this.#simulate = simulateUsage;
  }

  @Post()
  @HttpCode(200)
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: simulationDto })
  async simulateUsage(
    @Body({ schema: newSimulationDto }) body: NewSimulationDto,
    @Caller() caller: CallerIdentity,
  ): Promise<SimulationDto> {
    return unwrap(await this.#simulate.execute(body, caller));
  }
}
