import { Controller, Get, Header, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { DomainException, unwrap } from '@hetao/kernel';
import { Allow, Caller, idParam, type CallerIdentity } from '@hetao/runtime';
import { localizedDto } from '../shared/text.dto.js';
import { paperKinds, paperTitles } from './paper-kinds.js';
import { paperErrors } from './paper.errors.js';
import { PaperQueries } from './paper.queries.js';
import { PAGE_POLICY, languageQuery, paperFile, paperFormats, sendPaper, type LanguageQuery } from './paper.reply.js';

const papersDto = z
  .object({
    data: z.array(
      z.object({
        kind: z.enum(paperKinds),
        title: localizedDto,
        content_sha256: z.string().describe('Of what the paper says in this language, the same in every format'),
        files: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'DeclarationPapers' });

/** Papers made out of a declaration: for the authority, for the exporter's files, for signing. */
@ApiTags('customs: declarations')
@Controller('v1/customs/declarations/:id/papers')
@Allow('merchant', 'operator', 'auditor')
export class PaperController {
  readonly #papers: PaperQueries;

  constructor(papers: PaperQueries) {
    this.#papers = papers;
  }

  @Get()
  @ApiOkResponse({ standardSchema: papersDto })
  async listDeclarationPapers(
    @Param('id', idParam('dcl')) id: string,
    @Query({ schema: languageQuery }) { language }: LanguageQuery,
    @Caller() caller: CallerIdentity,
  ): Promise<z.output<typeof papersDto>> {
    const papers = unwrap(await this.#papers.all(id, language, caller));
    const base = `/v1/customs/declarations/${id}/papers`;
    return {
      data: papers.map(({ kind, contentSha256 }) => ({
        kind,
        title: paperTitles[kind],
        content_sha256: contentSha256,
        files: paperFormats.map((format) => `${base}/${kind}.${format}?language=${language}`),
      })),
    };
  }

  /** One paper as a file: `self-assessment.docx`, `impact-assessment.pdf`, `finding.html` … */
  @Get(':file')
  @Header('cache-control', 'no-store')
  @Header('content-security-policy', PAGE_POLICY)
  @ApiOkResponse({ description: 'The paper', content: { '*/*': { schema: { type: 'string', format: 'binary' } } } })
  async printDeclarationPaper(
    @Param('id', idParam('dcl')) id: string,
    @Param('file') name: string,
    @Query({ schema: languageQuery }) { language }: LanguageQuery,
    @Caller() caller: CallerIdentity,
  ): Promise<StreamableFile> {
    const file = paperFile(name);
    if (file === null) throw new DomainException(paperErrors.PAPER_UNKNOWN(`"${name.slice(0, 60)}" is no paper.`));
    const { document } = unwrap(await this.#papers.one(id, file.kind, language, caller));
    return sendPaper(document, file);
  }
}
