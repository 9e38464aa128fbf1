import { z } from 'zod';
import { longText } from '@hetao/runtime';
import type { ReviewComment } from './comment.js';

export const newCommentDto = z
  .strictObject({
    pointer: z.string().max(300).describe('RFC 6901, into the answer of GET'),
    text: longText(2000),
  })
  .meta({ id: 'NewReviewComment' });
export type NewCommentDto = z.output<typeof newCommentDto>;

export const commentAnswerDto = z.strictObject({ answer: longText(2000) }).meta({ id: 'ReviewCommentAnswer' });
export type CommentAnswerDto = z.output<typeof commentAnswerDto>;

export const commentDto = z
  .object({
    id: z.string(),
    pointer: z.string(),
    text: z.string(),
    written_by: z.string(),
    written_at: z.iso.datetime(),
    answer: z.string().nullable(),
    answered_by: z.string().nullable(),
    answered_at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ReviewComment' });
export type CommentDto = z.output<typeof commentDto>;

export const commentListDto = z.object({ data: z.array(commentDto) }).meta({ id: 'ReviewComments' });
export type CommentListDto = z.output<typeof commentListDto>;

/** Renders a comment. */
export function toCommentDto(comment: ReviewComment): CommentDto {
  return {
    id: comment.id,
    pointer: comment.pointer,
    text: comment.text,
    written_by: comment.writtenBy,
    written_at: comment.writtenAt.toISOString(),
    answer: comment.answer,
    answered_by: comment.answeredBy,
    answered_at: comment.answeredAt?.toISOString() ?? null,
  };
}
