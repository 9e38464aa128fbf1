import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, idParam, Repeatable, type CallerIdentity } from '@hetao/runtime';
import { StepDeclaration, type StepOrder } from './declaration-step.use-cases.js';
import {
  clockTurnDto,
  decisionDto,
  declarationDto,
  supplementRequestDto,
  toDeclarationDto,
  trackDecisionDto,
  type DeclarationDto,
} from './declaration.dto.js';

/** The steps customs takes: advice, hand-over to the authority, what it decided, parallel tracks, clocks. */
@ApiTags('customs: declarations')
@Controller('v1/customs/declarations/:id')
export class OfficerStepController {
  readonly #step: StepDeclaration;

  constructor(step: StepDeclaration) {
    this.#step = step;
  }

  @Post('advise')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: declarationDto })
  adviseOnDeclaration(
    @Param('id', idParam('dcl')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<DeclarationDto> {
    return this.#take(id, { command: 'advise' }, caller);
  }

  @Post('return')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: declarationDto })
  returnDeclaration(
    @Param('id', idParam('dcl')) id: string,
    @Body({ schema: supplementRequestDto }) body: z.output<typeof supplementRequestDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<DeclarationDto> {
    return this.#take(id, { command: 'return', request: body }, caller);
  }

  @Post('forward')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: declarationDto })
  forwardDeclaration(
    @Param('id', idParam('dcl')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<DeclarationDto> {
    return this.#take(id, { command: 'forward' }, caller);
  }

  @Post('pass')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: declarationDto })
  passDeclaration(
    @Param('id', idParam('dcl')) id: string,
    @Body({ schema: decisionDto }) body: z.output<typeof decisionDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<DeclarationDto> {
    return this.#take(id, { command: 'pass', decision: toDecision(body) }, caller);
  }

  @Post('refuse')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: declarationDto })
  refuseDeclaration(
    @Param('id', idParam('dcl')) id: string,
    @Body({ schema: decisionDto }) body: z.output<typeof decisionDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<DeclarationDto> {
    return this.#take(id, { command: 'refuse', decision: toDecision(body) }, caller);
  }

  @Post('exempt')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: declarationDto })
  exemptDeclaration(
    @Param('id', idParam('dcl')) id: string,
    @Body({ schema: decisionDto }) body: z.output<typeof decisionDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<DeclarationDto> {
    return this.#take(id, { command: 'exempt', decision: toDecision(body) }, caller);
  }

  @Post('tracks/:track')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: declarationDto })
  decideDeclarationTrack(
    @Param('id', idParam('dcl')) id: string,
    @Param('track') trackId: string,
    @Body({ schema: trackDecisionDto }) body: z.output<typeof trackDecisionDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<DeclarationDto> {
    return this.#take(
      id,
      { command: 'track', trackId, state: body.state, reference: body.reference, evidenceSha256: body.evidence_sha256 },
      caller,
    );
  }

  @Post('clocks/:clock')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: declarationDto })
  turnDeclarationClock(
    @Param('id', idParam('dcl')) id: string,
    @Param('clock') clockId: string,
    @Body({ schema: clockTurnDto }) body: z.output<typeof clockTurnDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<DeclarationDto> {
    return this.#take(id, { command: 'clock', clockId, turn: body.turn, on: body.on }, caller);
  }

  async #take(id: string, order: StepOrder, caller: CallerIdentity): Promise<DeclarationDto> {
    return toDeclarationDto(unwrap(await this.#step.execute(id, order, caller)));
  }
}

function toDecision(body: z.output<typeof decisionDto>) {
  return {
    reference: body.reference,
    evidenceSha256: body.evidence_sha256,
    decidedOn: body.decided_on,
    validUntil: body.valid_until,
  };
}
