import { Controller, Get, Header, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DomainException, unwrap } from '@hetao/kernel';
import { idParam, Public } from '@hetao/runtime';
import { keptFindingDto, toKeptFindingDto, type KeptFindingDto } from '../policy-query/finding.dto.js';
import { AnswerPolicyQuery } from '../policy-query/policy-query.use-cases.js';
import { findingPaper } from './finding.paper.js';
import { paperErrors } from './paper.errors.js';
import { PAGE_POLICY, languageQuery, paperFile, sendPaper, type LanguageQuery } from './paper.reply.js';

/** A kept finding, opened again by whoever has its id: facts from lists and counts, and nobody's name. */
@ApiTags('customs: policy query')
@Controller('v1/customs/policy-queries/:id')
@Public()
export class KeptFindingController {
  readonly #queries: AnswerPolicyQuery;

  constructor(queries: AnswerPolicyQuery) {
    this.#queries = queries;
  }

  @Get()
  @ApiOkResponse({ standardSchema: keptFindingDto })
  async getPolicyQuery(@Param('id', idParam('pqy')) id: string): Promise<KeptFindingDto> {
    return toKeptFindingDto(unwrap(await this.#queries.open(id)));
  }

  /** As a page to print: `finding.html`, `finding.pdf`, `finding.docx`. */
  @Get(':file')
  @Header('cache-control', 'no-store')
  @Header('content-security-policy', PAGE_POLICY)
  @ApiOkResponse({ description: 'The finding', content: { '*/*': { schema: { type: 'string', format: 'binary' } } } })
  async printPolicyQuery(
    @Param('id', idParam('pqy')) id: string,
    @Param('file') name: string,
    @Query({ schema: languageQuery }) { language }: LanguageQuery,
  ): Promise<StreamableFile> {
    const file = paperFile(name);
    if (file?.kind !== 'finding') {
      throw new DomainException(paperErrors.PAPER_UNKNOWN(`"${name.slice(0, 60)}" is no form of a finding.`));
    }
    return sendPaper(findingPaper(unwrap(await this.#queries.open(id)), language), file);
  }
}
