import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { DomainException, unwrap } from '@hetao/kernel';
import { Allow, everyone, idParam, Scope } from '@hetao/runtime';
import { CallerRegister } from '../session/caller.register.js';
import {
  newPasskey,
  passkeyDto,
  passkeyOptionsDto,
  passkeysDto,
  toPasskeyDto,
  type PasskeyDto,
} from './passkey.dto.js';
import { passkeyErrors } from './passkey.errors.js';
import { Passkeys, type Person } from './passkeys.use-cases.js';

/** The passkeys of whoever is signed in (WebAuthn). */
@ApiTags('passkeys')
@Controller('v1/me/passkeys')
@Allow(...everyone)
@Scope('identity:write')
export class PasskeyController {
  readonly #passkeys: Passkeys;
  readonly #register: CallerRegister;

  constructor(passkeys: Passkeys, register: CallerRegister) {
    this.#passkeys = passkeys;
    this.#register = register;
  }

  @Get()
  @Scope('identity:read', 'identity:write')
  @ApiOperation({ summary: 'List your passkeys' })
  @ApiOkResponse({ standardSchema: passkeysDto })
  async listPasskeys(@Req() request: FastifyRequest): Promise<z.output<typeof passkeysDto>> {
    const passkeys = await this.#passkeys.list(this.#register.require(request).accountId);
    return { data: passkeys.map(toPasskeyDto) };
  }

  @Post('options')
  @HttpCode(200)
  @ApiOperation({ summary: 'Begin with a passkey', description: 'What a browser needs to make one.' })
  @ApiOkResponse({ standardSchema: passkeyOptionsDto })
  async beginPasskey(@Req() request: FastifyRequest): Promise<z.output<typeof passkeyOptionsDto>> {
    const { accountId } = this.#person(request);
    const { email, identity } = this.#register.require(request);
    const options = unwrap(await this.#passkeys.begin({ accountId, email, displayName: identity.displayName }));
    return { public_key: { ...options } };
  }

  @Post()
  @ApiOperation({ summary: 'Register a passkey', description: 'From then on it signs you in without a password.' })
  @ApiCreatedResponse({ standardSchema: passkeyDto })
  async registerPasskey(
    @Body({ schema: newPasskey }) { name, credential }: z.output<typeof newPasskey>,
    @Req() request: FastifyRequest,
  ): Promise<PasskeyDto> {
    return toPasskeyDto(unwrap(await this.#passkeys.register(this.#person(request), name, credential)));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a passkey', description: 'It signs nobody in any more. The device keeps its half.' })
  @ApiNoContentResponse()
  async removePasskey(@Param('id', idParam('pky')) id: string, @Req() request: FastifyRequest): Promise<void> {
    unwrap(await this.#passkeys.remove(this.#person(request), id));
  }

  /** A key is no person: whoever stole one must not get in for good. */
  #person(request: FastifyRequest): Person {
    const { identity, accountId } = this.#register.require(request);
    if (identity.via === 'session') return { ...this.#register.actorOf(request), accountId };
    throw new DomainException(passkeyErrors.PASSKEY_NEEDS_SESSION('The request came with a key.'));
  }
}
