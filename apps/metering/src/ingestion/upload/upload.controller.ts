import { Readable } from 'node:stream';
import { Body, Controller, Get, Header, Headers, Param, Patch, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiProduces } from '@nestjs/swagger';
import type { z } from 'zod';
import { DomainException } from '@hetao/kernel';
import {
  afterCursor,
  Allow,
  Caller,
  cursorPage,
  idParam,
  pageOf,
  Repeatable,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import { usageMediaTypes } from '../usage-body.config.js';
import { TakeUpload } from './take-upload.use-cases.js';
import { newUpload, toFaultDto, toUploadDto, type UploadDto, uploadDto, uploadsQuery } from './upload.dto.js';
import { uploadErrors } from './upload.errors.js';
import { UploadQueries } from './upload.queries.js';

/** Refused lines that are read at once for the report. */
const FAULTS_AT_ONCE = 1_000;

/** Files of usage, for history: taken in parts, each of which goes on where the last one ended. */
@Controller('v1/usage/uploads')
@Allow('merchant')
export class UploadController {
  constructor(
    private readonly take: TakeUpload,
    private readonly uploads: UploadQueries,
  ) {}

  @Post()
  @Repeatable()
  @ApiOperation({ summary: 'Begin the upload of a file of usage' })
  @ApiCreatedResponse({ standardSchema: uploadDto })
  async beginUsageUpload(
    @Body({ schema: newUpload }) body: z.output<typeof newUpload>,
    @Caller() caller: CallerIdentity,
  ): Promise<UploadDto> {
    return toUploadDto(await this.take.begin(senderOf(caller), body.name));
  }

  @Get()
  @ApiOperation({ summary: 'Your uploads, newest first' })
  @ApiOkResponse({ standardSchema: pageOf(uploadDto).meta({ id: 'UsageUploadPage' }) })
  async listUsageUploads(
    @Query({ schema: uploadsQuery }) { limit, cursor }: z.output<typeof uploadsQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<UploadDto>> {
    const after = afterCursor(cursor);
    const from = after ? ([new Date(String(after[0])), String(after[1])] as const) : undefined;
    const rows = await this.uploads.list(caller.organisationId, from, limit + 1);
    const page = cursorPage(rows, limit, (row) => [row.createdAt.toISOString(), row.uploadId]);
    return { ...page, data: page.data.map(toUploadDto) };
  }

  @Get(':id')
  @ApiOperation({ summary: 'How far an upload is' })
  @ApiOkResponse({ standardSchema: uploadDto })
  async getUsageUpload(@Param('id', idParam('upl')) id: string, @Caller() caller: CallerIdentity): Promise<UploadDto> {
    return toUploadDto(await this.take.mine(caller.organisationId, id));
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Send a part of the file',
    description:
      'Lines of JSON, one CloudEvent each, up to 64 MB a part. Upload-Offset says at which byte of the file it begins; ' +
      'Upload-Complete: ?1 comes with the last part. The answer tells where the next part begins.',
  })
  @ApiConsumes(usageMediaTypes.lines)
  @ApiOkResponse({ standardSchema: uploadDto })
  async sendUsageUploadPart(
    @Param('id', idParam('upl')) id: string,
    @Body() content: unknown,
    @Headers() headers: Readonly<Record<string, string | undefined>>,
    @Caller() caller: CallerIdentity,
  ): Promise<UploadDto> {
    const part = { ...placeOf(headers), content: content instanceof Readable ? content : Readable.from([]) };
    return toUploadDto(await this.take.take(senderOf(caller), id, part));
  }

  @Get(':id/faults')
  @Header('content-type', usageMediaTypes.lines)
  @ApiOperation({ summary: 'The lines that were not counted, and why: lines of JSON' })
  @ApiProduces(usageMediaTypes.lines)
  @ApiOkResponse({ schema: { type: 'string' } })
  async downloadUsageUploadFaults(
    @Param('id', idParam('upl')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<StreamableFile> {
    await this.take.mine(caller.organisationId, id);
    return new StreamableFile(Readable.from(this.#faultLines(id)), {
      type: usageMediaTypes.lines,
      disposition: `attachment; filename="${id}-faults.ndjson"`,
    });
  }

  async *#faultLines(uploadId: string): AsyncIterable<string> {
    for (let after = 0; ;) {
      const faults = await this.uploads.faults(uploadId, after, FAULTS_AT_ONCE);
      if (faults.length > 0) yield faults.map((fault) => `${JSON.stringify(toFaultDto(fault))}\n`).join('');
      if (faults.length < FAULTS_AT_ONCE) return;
      after = faults.at(-1)?.line ?? after;
    }
  }
}

function senderOf(caller: CallerIdentity) {
  return { senderId: caller.organisationId, organisationId: caller.organisationId, isSystem: false };
}

/** Names and forms as in the resumable uploads draft of the IETF's HTTP group. */
function placeOf(headers: Readonly<Record<string, string | undefined>>): { offset: number; isLast: boolean } {
  const { 'upload-offset': offset = '', 'upload-complete': complete = '?0' } = headers;
  if (!/^\d{1,15}$/.test(offset) || !/^\?[01]$/.test(complete)) {
    throw new DomainException(
      uploadErrors.UPLOAD_HEADER_INVALID('Upload-Offset must be digits, Upload-Complete ?0 or ?1.'),
    );
  }
  return { offset: Number(offset), isLast: complete === '?1' };
}
