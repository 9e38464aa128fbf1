import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, everyone } from '@hetao/runtime';
import { isolationDto, toIsolationDto, type IsolationDto } from './isolation.dto.js';
import { highestOf } from './isolation-level.js';
import { IsolationLadder } from './isolation.ladder.js';

/** How well this machine can hold data, as it was tried. */
@ApiTags('sandbox: isolation')
@Controller('v1/sandbox/isolation')
export class IsolationController {
  readonly #ladder: IsolationLadder;

  constructor(ladder: IsolationLadder) {
    this.#ladder = ladder;
  }

  @Get()
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: isolationDto })
  getIsolation(): IsolationDto {
    const rungs = this.#ladder.report();
    return toIsolationDto(rungs, highestOf(rungs));
  }

  @Post('probe')
  @HttpCode(200)
  @Allow('operator')
  @ApiOkResponse({ standardSchema: isolationDto })
  async probeIsolation(): Promise<IsolationDto> {
    const rungs = await this.#ladder.probeAll();
    return toIsolationDto(rungs, highestOf(rungs));
  }
}
