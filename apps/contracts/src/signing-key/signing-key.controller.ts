import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { unwrap } from '@hetao/kernel';
import {
  Allow,
  Caller,
  everyone,
  Idempotent,
  idParam,
  Repeatable,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import {
  keyProofDto,
  newSigningKeyDto,
  revokeKeyDto,
  signingKeyDetailDto,
  signingKeyDto,
  signingKeyPageDto,
  signingKeyQueryDto,
  toSigningKeyDto,
  type KeyProofDto,
  type NewSigningKeyDto,
  type RevokeKeyDto,
  type SigningKeyDetailDto,
  type SigningKeyDto,
  type SigningKeyQueryDto,
} from './signing-key.dto.js';
import { SigningKeyQueries } from './signing-key.queries.js';
import { ConductSigningKey, ProposeSigningKey } from './signing-key.use-cases.js';

/** The keys organisations sign agreements with. The private parts never come here. */
@ApiTags('signing keys')
@Controller('v1/signing-keys')
export class SigningKeyController {
  readonly #propose: ProposeSigningKey;
  readonly #conduct: ConductSigningKey;
  readonly #keys: SigningKeyQueries;

  constructor(propose: ProposeSigningKey, conduct: ConductSigningKey, keys: SigningKeyQueries) {
    this.#propose = propose;
    this.#conduct = conduct;
    this.#keys = keys;
  }

  @Post()
  @Allow('merchant', 'buyer')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: signingKeyDto })
  async proposeSigningKey(
    @Body({ schema: newSigningKeyDto }) { jwk, label, valid_until }: NewSigningKeyDto,
    @Caller() caller: CallerIdentity,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SigningKeyDto> {
    const key = unwrap(await this.#propose.execute({ jwk, label, validUntil: new Date(valid_until) }, caller));
    void reply.header('location', `/v1/signing-keys/${key.id}`);
    return toSigningKeyDto(key);
  }

  @Get()
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: signingKeyPageDto })
  listSigningKeys(
    @Query({ schema: signingKeyQueryDto }) query: SigningKeyQueryDto,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<SigningKeyDto>> {
    return this.#keys.list(query, caller);
  }

  @Get(':id')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: signingKeyDetailDto })
  async getSigningKey(
    @Param('id', idParam('sky')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<SigningKeyDetailDto> {
    return unwrap(await this.#keys.get(id, caller));
  }

  /** Shows that the organisation holds the private part: a signature over the challenge. */
  @Post(':id/prove')
  @HttpCode(200)
  @Allow('merchant', 'buyer')
  @Repeatable()
  @ApiOkResponse({ standardSchema: signingKeyDto })
  async proveSigningKey(
    @Param('id', idParam('sky')) id: string,
    @Body({ schema: keyProofDto }) { proof }: KeyProofDto,
    @Caller() caller: CallerIdentity,
  ): Promise<SigningKeyDto> {
    return toSigningKeyDto(unwrap(await this.#conduct.execute(id, { command: 'prove', proof }, caller)));
  }

  /** Puts the key in force: a second person, of the organisation or of the exchange, compared its thumbprint. */
  @Post(':id/confirm')
  @HttpCode(200)
  @Allow('merchant', 'buyer', 'operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: signingKeyDto })
  async confirmSigningKey(
    @Param('id', idParam('sky')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<SigningKeyDto> {
    return toSigningKeyDto(unwrap(await this.#conduct.execute(id, { command: 'confirm' }, caller)));
  }

  /** Takes the key out of use at once; what was signed with it before stands. */
  @Post(':id/revoke')
  @HttpCode(200)
  @Allow('merchant', 'buyer', 'operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: signingKeyDto })
  async revokeSigningKey(
    @Param('id', idParam('sky')) id: string,
    @Body({ schema: revokeKeyDto }) { reason }: RevokeKeyDto,
    @Caller() caller: CallerIdentity,
  ): Promise<SigningKeyDto> {
    return toSigningKeyDto(unwrap(await this.#conduct.execute(id, { command: 'revoke', reason }, caller)));
  }
}
