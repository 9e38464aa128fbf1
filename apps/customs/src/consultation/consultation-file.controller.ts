import { Body, Controller, Get, HttpCode, Param, Post, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { DomainException, unwrap } from '@hetao/kernel';
import { Allow, Caller, everyone, httpErrors, idParam, type CallerIdentity } from '@hetao/runtime';
import { sha256Dto } from '../shared/text.dto.js';
import { KeepFile } from './consultation-file.use-cases.js';
import { fileDto, fileQuery, type FileDto } from './consultation.dto.js';
import { ConsultationQueries } from './consultation.queries.js';

/** Files of a consultation: kept by their hash, for those who take part. What one is, its bytes say. */
@ApiTags('customs: consultation')
@Controller('v1/customs/consultations/:id/files')
export class ConsultationFileController {
  readonly #keep: KeepFile;
  readonly #threads: ConsultationQueries;

  constructor(keep: KeepFile, threads: ConsultationQueries) {
    this.#keep = keep;
    this.#threads = threads;
  }

  /** The file itself as the body, application/octet-stream; its name in the query. */
  @Post()
  @HttpCode(200)
  @Allow('merchant', 'buyer', 'operator')
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiOkResponse({ standardSchema: fileDto })
  async keepConsultationFile(
    @Param('id', idParam('con')) id: string,
    @Query({ schema: fileQuery }) { name }: z.output<typeof fileQuery>,
    @Body() body: unknown,
    @Caller() caller: CallerIdentity,
  ): Promise<FileDto> {
    if (!Buffer.isBuffer(body)) {
      throw new DomainException(httpErrors.MEDIA_TYPE_UNSUPPORTED('A file is sent as application/octet-stream.'));
    }
    const { mediaType, ...file } = unwrap(await this.#keep.execute(id, name, body, caller));
    return { ...file, media_type: mediaType };
  }

  @Get(':sha256')
  @Allow(...everyone)
  @ApiProduces('application/octet-stream')
  async readConsultationFile(
    @Param('id', idParam('con')) id: string,
    @Param('sha256', { schema: sha256Dto }) sha256: string,
    @Caller() caller: CallerIdentity,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const file = unwrap(await this.#threads.file(id, sha256, caller));
    // Never shown by a browser as a page of the exchange, whatever is in it.
    void reply
      .header('x-content-type-options', 'nosniff')
      .header('content-security-policy', "default-src 'none'; sandbox");
    const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`;
    return new StreamableFile(file.content, { type: file.media_type, disposition, length: file.size });
  }
}
