import { Body, Controller, Get, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { DomainException, unwrap } from '@hetao/kernel';
import {
  afterCursor,
  Allow,
  Caller,
  cursorPage,
  cursorQuery,
  everyone,
  httpErrors,
  Idempotent,
  idParam,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import { answersDto, modelDto, modelPageDto, questionsDto, reviewDto, toModelDto, type ModelDto } from './model.dto.js';
import { DecideModel } from './model.use-cases.js';
import { SealModel } from './seal-model.use-cases.js';

/** Models: sealed where they were trained, and given away only by two who did not train them. */
@ApiTags('sandbox: training')
@Controller('v1/sandbox')
export class ModelController {
  constructor(
    private readonly sealing: SealModel,
    private readonly models: DecideModel,
  ) {}

  /** Hong Kong's last weights as the body, empty in mode A. Again, it answers the model there is. */
  @Post('training-runs/:id/model')
  @HttpCode(200)
  @Allow('buyer')
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiOkResponse({ standardSchema: modelDto })
  async sealModel(
    @Param('id', idParam('trn')) id: string,
    @Body() body: unknown,
    @Caller() caller: CallerIdentity,
  ): Promise<ModelDto> {
    // A request without a body has none to be parsed: mode A sends nothing.
    const frame = body ?? Buffer.alloc(0);
    if (!Buffer.isBuffer(frame)) {
      throw new DomainException(httpErrors.MEDIA_TYPE_UNSUPPORTED('Weights are sent as application/octet-stream.'));
    }
    return toModelDto(unwrap(await this.sealing.execute(id, frame, caller)));
  }

  @Get('models')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: modelPageDto })
  async listModels(
    @Query({ schema: cursorQuery }) query: z.output<typeof cursorQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<ModelDto>> {
    const after = afterCursor(query.cursor, {});
    const rows = await this.models.list(caller, { after: after && String(after[0]), limit: query.limit + 1 });
    const page = cursorPage(rows, query.limit, (row) => [row.id], {});
    return { ...page, data: page.data.map(toModelDto) };
  }

  @Get('models/:id')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: modelDto })
  async getModel(@Param('id', idParam('mdl')) id: string, @Caller() caller: CallerIdentity): Promise<ModelDto> {
    return toModelDto(unwrap(await this.models.get(id, caller)));
  }

  @Post('models/:id/submit')
  @HttpCode(200)
  @Allow('buyer')
  @Idempotent()
  @ApiOkResponse({ standardSchema: modelDto })
  async submitModel(@Param('id', idParam('mdl')) id: string, @Caller() caller: CallerIdentity): Promise<ModelDto> {
    return toModelDto(unwrap(await this.models.submit(id, caller)));
  }

  /** One of two; neither learns what the other said before both have. The stricter word holds. */
  @Post('models/:id/reviews')
  @HttpCode(200)
  @Allow('merchant', 'operator')
  @Idempotent()
  @ApiOkResponse({ standardSchema: modelDto })
  async reviewModel(
    @Param('id', idParam('mdl')) id: string,
    @Body({ schema: reviewDto }) body: z.output<typeof reviewDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<ModelDto> {
    return toModelDto(unwrap(await this.models.review(id, body.verdict, caller)));
  }

  @Get('models/:id/onnx')
  @Allow('buyer')
  @ApiProduces('application/octet-stream')
  async readModel(@Param('id', idParam('mdl')) id: string, @Caller() caller: CallerIdentity): Promise<StreamableFile> {
    const file = unwrap(await this.models.file(id, caller));
    const disposition = `attachment; filename="${id}.onnx"`;
    return new StreamableFile(file, { type: 'application/octet-stream', disposition, length: file.length });
  }

  /** At most a hundred rows at once; each counts against the cap, which is never raised. */
  @Post('models/:id/predictions')
  @HttpCode(200)
  @Allow('buyer')
  @Idempotent()
  @ApiOkResponse({ standardSchema: answersDto })
  async askModel(
    @Param('id', idParam('mdl')) id: string,
    @Body({ schema: questionsDto }) body: z.output<typeof questionsDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<z.output<typeof answersDto>> {
    return { probabilities: unwrap(await this.models.predict(id, body.rows, caller)) };
  }
}
