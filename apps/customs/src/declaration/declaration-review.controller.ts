import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, etagOf, idParam, type CallerIdentity } from '@hetao/runtime';
import { findingDto, toFindingDto, type FindingDto } from '../policy-query/finding.dto.js';
import { DeclarationQueries } from './declaration.queries.js';
import { DeclarationReview } from './declaration-review.queries.js';
import { ExplainDeclaration } from './explain-declaration.queries.js';
import { toFormDto } from './form.dto.js';
import { contentDto, historyDto, missingDto } from './review.dto.js';

/** Everything there is to read about one declaration. */
@ApiTags('customs: declarations')
@Controller('v1/customs/declarations/:id')
@Allow('merchant', 'operator', 'auditor')
export class DeclarationReviewController {
  readonly #declarations: DeclarationQueries;
  readonly #review: DeclarationReview;
  readonly #explain: ExplainDeclaration;

  constructor(declarations: DeclarationQueries, review: DeclarationReview, explain: ExplainDeclaration) {
    this.#declarations = declarations;
    this.#review = review;
    this.#explain = explain;
  }

  /** Form and facts, as they can be changed and sent back with the ETag they came with. */
  @Get('content')
  @ApiOkResponse({ standardSchema: contentDto })
  async getDeclarationContent(
    @Param('id', idParam('dcl')) id: string,
    @Caller() caller: CallerIdentity,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.output<typeof contentDto>> {
    const { form, facts, revision } = unwrap(await this.#declarations.get(id, caller));
    void reply.header('etag', etagOf(revision));
    return {
      form: toFormDto(form),
      facts: Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, value ?? null])),
    };
  }

  /** What keeps it from its next step: from being handed in, or from the memo where nothing need be. */
  @Get('completeness')
  @ApiOkResponse({ standardSchema: missingDto })
  async getDeclarationCompleteness(
    @Param('id', idParam('dcl')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<z.output<typeof missingDto>> {
    const missing = unwrap(await this.#review.missing(id, caller));
    return {
      complete: missing.length === 0,
      missing: missing.map(({ pointer, code, detail }) => ({ pointer, code, detail })),
    };
  }

  /** The finding in three languages, by the version of the rules that made it, with the questions still open. */
  @Get('finding')
  @ApiOkResponse({ standardSchema: findingDto })
  async getDeclarationFinding(
    @Param('id', idParam('dcl')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<FindingDto> {
    return toFindingDto(unwrap(await this.#explain.execute(id, caller)));
  }

  @Get('history')
  @ApiOkResponse({ standardSchema: historyDto })
  async getDeclarationHistory(
    @Param('id', idParam('dcl')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<z.output<typeof historyDto>> {
    return { data: [...unwrap(await this.#review.history(id, caller))] };
  }
}
