import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Allow, Scope } from '../caller/route-policy.js';
import { StandingDesk } from './standing.desk.js';
import type { ServiceStandingDto } from './standing.dto.js';

/** How one service stands, for the gateway, which asks every service and tells the world under /v1/system. */
@Controller('standing')
@ApiExcludeController()
export class StandingController {
  readonly #desk: StandingDesk;

  constructor(desk: StandingDesk) {
    this.#desk = desk;
  }

  @Get()
  @Allow('operator', 'auditor')
  @Scope('identity:read', 'identity:write')
  serviceStanding(): Promise<ServiceStandingDto> {
    return this.#desk.report();
  }
}
