import { Body, Controller, HttpCode, Param, Post, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, idParam, Repeatable, type CallerIdentity } from '@hetao/runtime';
import { ChangeListing, type ListingOrder } from './listing-review.use-cases.js';
import {
  passedStepDto,
  productReasonDto,
  refusalDto,
  type PassedStepDto,
  type ProductReasonDto,
  type RefusalDto,
} from './listing-review.dto.js';
import { productDto, toProductDto, type ProductDto } from './product.dto.js';
import { RevisionEtag } from '../shared/revision-etag.interceptor.js';
import { AsksOfTeam } from '../team/team-role.interceptor.js';

/** The steps of a listing: handed in by the merchant, decided by somebody else. */
@ApiTags('listing review')
@Controller('v1/products/:id')
@UseInterceptors(RevisionEtag)
export class ListingReviewController {
  readonly #change: ChangeListing;

  constructor(change: ChangeListing) {
    this.#change = change;
  }

  @Post('submit')
  @HttpCode(200)
  @Allow('merchant')
  @Repeatable()
  @AsksOfTeam('edit_listing')
  @ApiOkResponse({ standardSchema: productDto })
  submitProduct(@Param('id', idParam('prd')) id: string, @Caller() caller: CallerIdentity): Promise<ProductDto> {
    return this.#step(id, { command: 'submit' }, caller);
  }

  @Post('approve')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: productDto })
  approveProduct(@Param('id', idParam('prd')) id: string, @Caller() caller: CallerIdentity): Promise<ProductDto> {
    return this.#step(id, { command: 'approve' }, caller);
  }

  @Post('return')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: productDto })
  returnProduct(
    @Param('id', idParam('prd')) id: string,
    @Body({ schema: productReasonDto }) { reason }: ProductReasonDto,
    @Caller() caller: CallerIdentity,
  ): Promise<ProductDto> {
    return this.#step(id, { command: 'return', reason }, caller);
  }

  @Post('pass')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: productDto })
  passReviewStep(
    @Param('id', idParam('prd')) id: string,
    @Body({ schema: passedStepDto }) { step, note }: PassedStepDto,
    @Caller() caller: CallerIdentity,
  ): Promise<ProductDto> {
    return this.#step(id, { command: 'pass', step, note }, caller);
  }

  @Post('refuse')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: productDto })
  refuseProduct(
    @Param('id', idParam('prd')) id: string,
    @Body({ schema: refusalDto }) refusal: RefusalDto,
    @Caller() caller: CallerIdentity,
  ): Promise<ProductDto> {
    return this.#step(id, { command: 'refuse', refusal }, caller);
  }

  @Post('suspend')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: productDto })
  suspendProduct(
    @Param('id', idParam('prd')) id: string,
    @Body({ schema: productReasonDto }) { reason }: ProductReasonDto,
    @Caller() caller: CallerIdentity,
  ): Promise<ProductDto> {
    return this.#step(id, { command: 'suspend', reason }, caller);
  }

  @Post('resume')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: productDto })
  resumeProduct(@Param('id', idParam('prd')) id: string, @Caller() caller: CallerIdentity): Promise<ProductDto> {
    return this.#step(id, { command: 'resume' }, caller);
  }

  @Post('delist')
  @HttpCode(200)
  @Allow('merchant', 'operator')
  @Repeatable()
  @AsksOfTeam('edit_listing')
  @ApiOkResponse({ standardSchema: productDto })
  delistProduct(
    @Param('id', idParam('prd')) id: string,
    @Body({ schema: productReasonDto }) { reason }: ProductReasonDto,
    @Caller() caller: CallerIdentity,
  ): Promise<ProductDto> {
    return this.#step(id, { command: 'delist', reason }, caller);
  }

  async #step(id: string, order: ListingOrder, caller: CallerIdentity): Promise<ProductDto> {
    return toProductDto(unwrap(await this.#change.execute(id, order, caller)));
  }
}
