import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DomainException, unwrap, type Clock } from '@hetao/kernel';
import { formatNoteKey, noteKey } from '@hetao/proofs';
import { CLOCK, Public, SERVICE_CONFIG } from '@hetao/runtime';
import type { z } from 'zod';
import type { AttestationConfig } from '../attestation.config.js';
import {
  consistencyDto,
  consistencyQuery,
  inclusionDto,
  inclusionQuery,
  logKeysDto,
  pulseDto,
  type ConsistencyQuery,
  type InclusionQuery,
  type PulseDto,
} from './log.dto.js';
import { logErrors } from './log.errors.js';
import { LogQueries } from './log.queries.js';
import { LogSigner } from './log.signer.js';

const MINUTE_MS = 60_000;

/** The public face of the log: anybody may check it, or it proves nothing. Tiles and checkpoints are raw routes. */
@ApiTags('attestation-log')
@Controller('v1/attestation-log')
@Public()
export class LogController {
  readonly #log: LogQueries;
  readonly #signer: LogSigner;
  readonly #config: AttestationConfig;
  readonly #clock: Clock;

  constructor(
    log: LogQueries,
    signer: LogSigner,
    @Inject(SERVICE_CONFIG) config: AttestationConfig,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#log = log;
    this.#signer = signer;
    this.#config = config;
    this.#clock = clock;
  }

  @Get('keys')
  @ApiOkResponse({ standardSchema: logKeysDto })
  getLogKeys(): z.output<typeof logKeysDto> {
    const { origin, key } = this.#signer;
    const witness = noteKey('witness', `${origin}/witness`, this.#config.ATTESTATION_WITNESS_KEY);
    return { origin, log_key: formatNoteKey(key), witness_key: formatNoteKey(witness) };
  }

  /** A fresh value each minute, the same for everybody who asks in it: what the heartbeat product delivers. */
  @Get('pulse')
  @ApiOkResponse({ standardSchema: pulseDto })
  async getLogPulse(): Promise<PulseDto> {
    const end = Math.floor(this.#clock.now().getTime() / MINUTE_MS) * MINUTE_MS;
    const minute = new Date(end - MINUTE_MS);
    const [before, after] = await Promise.all([this.#log.headBefore(minute), this.#log.headBefore(new Date(end))]);
    const appended = after.size - before.size;
    return { minute: minute.toISOString(), appended, log_size: after.size, root_hash: after.root };
  }

  @Get('inclusion')
  @ApiOkResponse({ standardSchema: inclusionDto })
  async proveInclusion(
    @Query({ schema: inclusionQuery }) query: InclusionQuery,
  ): Promise<z.output<typeof inclusionDto>> {
    const size = query.tree_size ?? (await this.#log.head()).size;
    const index = query.leaf_index ?? (await this.#indexOf(query.leaf_hash ?? ''));
    return { leaf_index: index, tree_size: size, path: [...unwrap(await this.#log.inclusion(index, size))] };
  }

  @Get('consistency')
  @ApiOkResponse({ standardSchema: consistencyDto })
  async proveConsistency(
    @Query({ schema: consistencyQuery }) query: ConsistencyQuery,
  ): Promise<z.output<typeof consistencyDto>> {
    const to = query.to ?? (await this.#log.head()).size;
    return { from: query.from, to, path: [...unwrap(await this.#log.consistency(query.from, to))] };
  }

  async #indexOf(leafHash: string): Promise<number> {
    const placed = await this.#log.placed({ leafHash });
    if (placed === null) throw new DomainException(logErrors.LEAF_UNKNOWN(`No leaf has the hash ${leafHash}.`));
    return placed.leafIndex;
  }
}
