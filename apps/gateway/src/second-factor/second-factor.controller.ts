import { Body, Controller, Get, HttpCode, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { DomainException, unwrap } from '@hetao/kernel';
import { Allow, everyone, Repeatable, Scope } from '@hetao/runtime';
import type { Actor } from '../audit/audit.js';
import { CallerRegister } from '../session/caller.register.js';
import { secondFactorErrors } from './second-factor.errors.js';
import { SecondFactors } from './second-factor.use-cases.js';

const standingDto = z
  .object({ since: z.iso.datetime().nullable(), recovery_codes_left: z.int() })
  .meta({ id: 'SecondFactor' });
const enrolmentDto = z
  .object({
    secret: z.string().describe('In base32, to be typed into an authenticator'),
    uri: z.string().describe('The same to be read from a picture: otpauth://totp/…'),
  })
  .meta({ id: 'SecondFactorEnrolment' });
const codeDto = z.strictObject({ code: z.string().trim().min(6).max(40) }).meta({ id: 'SecondFactorCode' });
const recoveryDto = z
  .object({ recovery_codes: z.array(z.string()).describe('Each is good once; they are shown this once') })
  .meta({ id: 'RecoveryCodes' });
type CodeDto = z.output<typeof codeDto>;

/** The second factor of whoever is signed in (TOTP, RFC 6238). */
@ApiTags('second-factor')
@Controller('v1/me/second-factor')
@Allow(...everyone)
@Scope('identity:write')
export class SecondFactorController {
  readonly #factors: SecondFactors;
  readonly #register: CallerRegister;

  constructor(factors: SecondFactors, register: CallerRegister) {
    this.#factors = factors;
    this.#register = register;
  }

  @Get()
  @Scope('identity:read', 'identity:write')
  @ApiOperation({ summary: 'Whether signing in asks you for a code' })
  @ApiOkResponse({ standardSchema: standingDto })
  async getSecondFactor(@Req() request: FastifyRequest): Promise<z.output<typeof standingDto>> {
    const standing = await this.#factors.standing(this.#register.require(request).accountId);
    return { since: standing?.since.toISOString() ?? null, recovery_codes_left: standing?.codesLeft ?? 0 };
  }

  @Post()
  @ApiOperation({ summary: 'Begin with an authenticator' })
  @ApiCreatedResponse({ standardSchema: enrolmentDto })
  async enrolSecondFactor(@Req() request: FastifyRequest): Promise<z.output<typeof enrolmentDto>> {
    const { accountId } = this.#person(request);
    return unwrap(await this.#factors.enrol(accountId, this.#register.require(request).email));
  }

  @Post('confirm')
  @HttpCode(200)
  @ApiOperation({ summary: 'Confirm it with a code; from then on signing in asks for one' })
  @ApiOkResponse({ standardSchema: recoveryDto })
  async confirmSecondFactor(
    @Body({ schema: codeDto }) { code }: CodeDto,
    @Req() request: FastifyRequest,
  ): Promise<z.output<typeof recoveryDto>> {
    return { recovery_codes: [...unwrap(await this.#factors.confirm(this.#person(request), code))] };
  }

  @Post('remove')
  @HttpCode(204)
  @Repeatable()
  @ApiOperation({ summary: 'Take it away, with a code or a recovery code' })
  @ApiNoContentResponse()
  async removeSecondFactor(
    @Body({ schema: codeDto }) { code }: CodeDto,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    unwrap(await this.#factors.remove(this.#person(request), code));
  }

  /** A key is no person: whoever stole one must not lock its owner out. */
  #person(request: FastifyRequest): Actor & { readonly accountId: string } {
    const { identity, accountId } = this.#register.require(request);
    if (identity.via === 'session') return { ...this.#register.actorOf(request), accountId };
    throw new DomainException(secondFactorErrors.SECOND_FACTOR_NEEDS_SESSION('The request came with a key.'));
  }
}
