import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, everyone, idParam, Repeatable, type CallerIdentity } from '@hetao/runtime';
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
import { AskApplicant } from './question.use-cases.js';

/** Questions on the fields of an application, and their answers. */
@ApiTags('participants')
@Controller('v1/participants/:id/comments')
export class QuestionController {
  readonly #questions: AskApplicant;

  constructor(questions: AskApplicant) {
    this.#questions = questions;
  }

  @Get()
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: commentListDto })
  async listApplicationQuestions(
    @Param('id', idParam('org')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<CommentListDto> {
    return { data: unwrap(await this.#questions.list(id, caller)).map(toCommentDto) };
  }

  @Post()
  @Allow('operator')
  @Repeatable()
  @ApiCreatedResponse({ standardSchema: commentDto })
  async askApplicant(
    @Param('id', idParam('org')) id: string,
    @Body({ schema: newCommentDto }) body: NewCommentDto,
    @Caller() caller: CallerIdentity,
  ): Promise<CommentDto> {
    return toCommentDto(unwrap(await this.#questions.ask(id, body, caller)));
  }

  @Post(':comment/answer')
  @HttpCode(200)
  @Allow(...everyone)
  @Repeatable()
  @ApiOkResponse({ standardSchema: commentDto })
  async answerApplicationQuestion(
    @Param('id', idParam('org')) id: string,
    @Param('comment', idParam('cmt')) comment: string,
    @Body({ schema: commentAnswerDto }) { answer }: CommentAnswerDto,
    @Caller() caller: CallerIdentity,
  ): Promise<CommentDto> {
    return toCommentDto(unwrap(await this.#questions.answer(id, { id: comment, answer }, caller)));
  }
}
