import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { DomainException, unwrap } from '@hetao/kernel';
import { Allow, Caller, httpErrors, idParam, Repeatable, type CallerIdentity } from '@hetao/runtime';
import { CrossSides } from './split.use-cases.js';
import {
  releasedDto,
  runDto,
  termsDto,
  termsOfDto,
  toReleasedDto,
  toRunDto,
  toTermsDto,
  type RunDto,
} from './training-run.dto.js';

const roundQuery = z.object({
  round: z.coerce.number().int().min(1).max(20_000),
  architecture_hash: z.string().max(64),
});

/** What the two sides of a split say to each other. Every message is a request that may be sent again. */
@ApiTags('sandbox: training')
@Controller('v1/sandbox/training-runs/:id')
export class SplitController {
  constructor(private readonly sides: CrossSides) {}

  /** The terms as this side holds them: to be compared, not to be echoed. */
  @Get('handshake')
  @Allow('buyer', 'merchant', 'operator', 'auditor')
  @ApiOkResponse({ standardSchema: termsDto })
  async getHandshakeTerms(
    @Param('id', idParam('trn')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<z.output<typeof termsDto>> {
    return toTermsDto(unwrap(await this.sides.terms(id, caller)));
  }

  @Post('handshake')
  @HttpCode(200)
  @Allow('buyer')
  @Repeatable()
  @ApiOkResponse({ standardSchema: runDto })
  async shakeHands(
    @Param('id', idParam('trn')) id: string,
    @Body({ schema: termsDto }) body: z.output<typeof termsDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<RunDto> {
    return toRunDto(unwrap(await this.sides.shake(id, termsOfDto(body), caller)));
  }

  /**
   * Weights of the upper part for this round, as little-endian floats; the answer is the round's noisy sums. The same round
   * with the same weights again gets the same answer and is not charged again.
   */
  @Post('rounds')
  @HttpCode(200)
  @Allow('buyer')
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiOkResponse({ standardSchema: releasedDto })
  async trainRound(
    @Param('id', idParam('trn')) id: string,
    @Query({ schema: roundQuery }) query: z.output<typeof roundQuery>,
    @Body() body: unknown,
    @Caller() caller: CallerIdentity,
  ): Promise<z.output<typeof releasedDto>> {
    const asked = { round: query.round, architectureHash: query.architecture_hash, frame: bytesOf(body) };
    return toReleasedDto(unwrap(await this.sides.round(id, asked, caller)));
  }
}

function bytesOf(body: unknown): Uint8Array {
  if (Buffer.isBuffer(body)) return body;
  throw new DomainException(httpErrors.MEDIA_TYPE_UNSUPPORTED('Weights are sent as application/octet-stream.'));
}
