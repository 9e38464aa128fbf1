import { z } from 'zod';
import { idSchema, pageOf } from '@hetao/runtime';
import { modelStates, verdicts, type Model } from './model.js';

export const modelDto = z
  .object({
    id: idSchema('mdl'),
    run_id: z.string(),
    state: z.enum(modelStates),
    card: z
      .looseObject({ form: z.literal('hetao-model-card/1') })
      .meta({ description: 'Goes with the model wherever it goes.' }),
    onnx_sha256: z.string(),
    queries_left: z.int(),
    votes: z.int().meta({ description: 'How many of two have voted; what they said is not told.' }),
  })
  .meta({ id: 'Model' });
export type ModelDto = z.output<typeof modelDto>;
export const modelPageDto = pageOf(modelDto).meta({ id: 'ModelPage' });

export const reviewDto = z.strictObject({ verdict: z.enum(verdicts) }).meta({ id: 'ModelReview' });

export const questionsDto = z
  .strictObject({ rows: z.array(z.array(z.number()).max(512)).min(1).max(100) })
  .meta({ id: 'ModelQuestions' });
export const answersDto = z.object({ probabilities: z.array(z.number()) }).meta({ id: 'ModelAnswers' });

export function toModelDto(model: Model): ModelDto {
  return {
    id: model.id,
    run_id: model.runId,
    state: model.state,
    card: { ...model.card },
    onnx_sha256: model.onnxSha256,
    queries_left: model.queriesLeft,
    votes: model.votes.length,
  };
}
