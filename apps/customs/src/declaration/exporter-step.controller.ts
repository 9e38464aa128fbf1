import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, idParam, Repeatable, type CallerIdentity } from '@hetao/runtime';
import { StepDeclaration, type StepOrder } from './declaration-step.use-cases.js';
import {
  declarationDto,
  eventDto,
  supplementAnswersDto,
  toDeclarationDto,
  type DeclarationDto,
} from './declaration.dto.js';

/** The steps the exporter takes himself. */
@ApiTags('customs: declarations')
@Controller('v1/customs/declarations/:id')
export class ExporterStepController {
  readonly #step: StepDeclaration;

  constructor(step: StepDeclaration) {
    this.#step = step;
  }

  @Post('check')
  @HttpCode(200)
  @Allow('merchant')
  @Repeatable()
  @ApiOkResponse({ standardSchema: declarationDto })
  checkDeclaration(@Param('id', idParam('dcl')) id: string, @Caller() caller: CallerIdentity): Promise<DeclarationDto> {
    return this.#take(id, { command: 'check' }, caller);
  }

  @Post('consult')
  @HttpCode(200)
  @Allow('merchant')
  @Repeatable()
  @ApiOkResponse({ standardSchema: declarationDto })
  consultOnDeclaration(
    @Param('id', idParam('dcl')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<DeclarationDto> {
    return this.#take(id, { command: 'consult' }, caller);
  }

  @Post('submit')
  @HttpCode(200)
  @Allow('merchant')
  @Repeatable()
  @ApiOkResponse({ standardSchema: declarationDto })
  submitDeclaration(
    @Param('id', idParam('dcl')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<DeclarationDto> {
    return this.#take(id, { command: 'submit' }, caller);
  }

  /** Answers what an officer asked for, item by item. */
  @Post('supplements')
  @HttpCode(200)
  @Allow('merchant')
  @Repeatable()
  @ApiOkResponse({ standardSchema: declarationDto })
  supplementDeclaration(
    @Param('id', idParam('dcl')) id: string,
    @Body({ schema: supplementAnswersDto }) body: z.output<typeof supplementAnswersDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<DeclarationDto> {
    const answers = body.answers.map(({ evidence_sha256: evidenceSha256, ...rest }) => ({ ...rest, evidenceSha256 }));
    return this.#take(id, { command: 'supplement', answers }, caller);
  }

  @Post('events')
  @HttpCode(200)
  @Allow('merchant', 'operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: declarationDto })
  recordDeclarationEvent(
    @Param('id', idParam('dcl')) id: string,
    @Body({ schema: eventDto }) body: z.output<typeof eventDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<DeclarationDto> {
    return this.#take(id, { command: 'event', ...body }, caller);
  }

  async #take(id: string, order: StepOrder, caller: CallerIdentity): Promise<DeclarationDto> {
    return toDeclarationDto(unwrap(await this.#step.execute(id, order, caller)));
  }
}
