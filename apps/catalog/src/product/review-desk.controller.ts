import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, idParam, Repeatable, type CallerIdentity } from '@hetao/runtime';
import {
  commentAnswerDto,
  commentDto,
  commentListDto,
  newCommentDto,
  toCommentDto,
  type CommentAnswerDto,
  type CommentDto,
  type CommentListDto,
  type NewCommentDto,
} from '../comment/comment.dto.js';
import { reviewViewDto, type ReviewViewDto } from './listing-review.dto.js';
import { ReviewDesk } from './review-desk.use-cases.js';
import { AsksOfTeam } from '../team/team-role.interceptor.js';

/** The review of a listing as merchant and reviewer see it. */
@ApiTags('listing review')
@Controller('v1/products/:id')
export class ReviewDeskController {
  readonly #desk: ReviewDesk;

  constructor(desk: ReviewDesk) {
    this.#desk = desk;
  }

  @Get('review')
  @Allow('merchant', 'operator', 'auditor')
  @ApiOkResponse({ standardSchema: reviewViewDto })
  async getListingReview(
    @Param('id', idParam('prd')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<ReviewViewDto> {
    return unwrap(await this.#desk.view(id, caller));
  }

  @Get('comments')
  @Allow('merchant', 'operator', 'auditor')
  @ApiOkResponse({ standardSchema: commentListDto })
  async listReviewComments(
    @Param('id', idParam('prd')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<CommentListDto> {
    return { data: unwrap(await this.#desk.comments(id, caller)).map(toCommentDto) };
  }

  @Post('comments')
  @Allow('operator')
  @Repeatable()
  @ApiCreatedResponse({ standardSchema: commentDto })
  async commentOnListing(
    @Param('id', idParam('prd')) id: string,
    @Body({ schema: newCommentDto }) body: NewCommentDto,
    @Caller() caller: CallerIdentity,
  ): Promise<CommentDto> {
    return toCommentDto(unwrap(await this.#desk.comment(id, body, caller)));
  }

  @Post('comments/:comment/answer')
  @HttpCode(200)
  @Allow('merchant')
  @Repeatable()
  @AsksOfTeam('edit_listing')
  @ApiOkResponse({ standardSchema: commentDto })
  async answerListingComment(
    @Param('id', idParam('prd')) id: string,
    @Param('comment', idParam('cmt')) comment: string,
    @Body({ schema: commentAnswerDto }) { answer }: CommentAnswerDto,
    @Caller() caller: CallerIdentity,
  ): Promise<CommentDto> {
    return toCommentDto(unwrap(await this.#desk.answer(id, { id: comment, answer }, caller)));
  }
}
