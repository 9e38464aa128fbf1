import { idSchema, pageOf } from '@hetao/runtime';
import { z } from 'zod';
import { outputTransitions, votes } from './output.js';
import type { OutputView } from './output.queries.js';
import type { OutputRequest } from './output.repository.js';

export const newOutputDto = z
  .strictObject({ job_id: idSchema('job'), title: z.string().min(1).max(200) })
  .meta({ id: 'NewOutputRequest' });
export const voteDto = z
  .strictObject({
    vote: z.enum(votes),
    comment: z.string().max(2_000),
    content_hash: z.string().regex(/^[0-9a-f]{64}$/),
  })
  .meta({ id: 'OutputVote' });
export const reasonDto = z.strictObject({ reason: z.string().min(3).max(1_000) }).meta({ id: 'OutputReason' });

const request = z.object({
  ...{ id: z.string(), enclave_id: z.string(), job_id: z.string().nullable(), agreement_id: z.string() },
  ...{ author: z.string(), title: z.string(), state: z.enum(outputTransitions.states), file_name: z.string() },
  ...{ media_type: z.string(), content_hash: z.string() },
  checks: z.array(z.object({ name: z.string(), verdict: z.enum(['pass', 'review', 'fail']), detail: z.string() })),
  ...{ created_at: z.iso.datetime(), changed_at: z.iso.datetime() },
});
export const outputDto = request.meta({ id: 'OutputRequest' });
export type OutputDto = z.output<typeof outputDto>;
export const outputPageDto = pageOf(outputDto).meta({ id: 'OutputRequestPage' });
const review = z.object({
  ...{
    reviewer: z.string(),
    is_custodian: z.boolean(),
    vote: z.enum(votes),
    comment: z.string(),
    voted_at: z.iso.datetime(),
  },
});
export const outputViewDto = request
  .extend({
    reviews: z.array(review),
    content: z.string().nullable(),
    release_record: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: 'OutputRequestView' });
export type OutputViewDto = z.output<typeof outputViewDto>;

/** Renders a request. */
export function toOutputDto(output: OutputRequest): OutputDto {
  return {
    ...{ id: output.id, enclave_id: output.enclaveId, job_id: output.jobId, agreement_id: output.agreementId },
    ...{ author: output.author, title: output.title, state: output.state, file_name: output.fileName },
    ...{ media_type: output.mediaType, content_hash: output.contentHash, checks: [...output.checks] },
    ...{ created_at: output.createdAt.toISOString(), changed_at: output.changedAt.toISOString() },
  };
}

/** Renders a request with the reviews its reader may see. */
export function toOutputViewDto({ output, reviews, content }: OutputView): OutputViewDto {
  return {
    ...toOutputDto(output),
    content,
    release_record: output.releaseRecord,
    reviews: reviews.map(({ reviewer, isCustodian, vote, comment, votedAt }) => ({
      ...{ reviewer, is_custodian: isCustodian, vote, comment, voted_at: votedAt.toISOString() },
    })),
  };
}
