import { z } from 'zod';
import { jurisdictions, languages, parseMoney } from '@hetao/kernel';
import { cursorQuery, idSchema, instant, moneyDto, pageOf, text, toMoneyDto } from '@hetao/runtime';
import { productKinds } from '../product/product.js';
import { markdown } from '../shared/markdown.text.js';
import { demandTransitions, type Demand, type DemandAnswer } from './demand.js';
import type { NewDemand } from './demand.use-cases.js';

const kinds = z.array(z.enum(productKinds)).max(productKinds.length);

export const newDemandDto = z
  .strictObject({
    title: text(200),
    need: markdown(4000).describe('CommonMark; raw HTML is refused'),
    language: z.enum(languages).describe('Language of the words'),
    kinds: kinds.default([]),
    purpose: text(500),
    place_of_use: z.enum(jurisdictions),
    budget: moneyDto.nullable().default(null),
    open_until: instant,
  })
  .meta({ id: 'NewDemand' });
export type NewDemandDto = z.output<typeof newDemandDto>;

export const demandDto = z
  .object({
    id: z.string(),
    buyer_id: z.string(),
    title: z.string(),
    need: z.string(),
    language: z.enum(languages),
    kinds,
    purpose: z.string(),
    place_of_use: z.enum(jurisdictions),
    budget: moneyDto.nullable(),
    status: z.enum(demandTransitions.states),
    posted_at: z.iso.datetime(),
    open_until: z.iso.datetime(),
    closed_at: z.iso.datetime().nullable(),
    close_reason: z.string().nullable(),
    chosen_answer: z.string().nullable(),
  })
  .meta({ id: 'Demand' });
export type DemandDto = z.output<typeof demandDto>;
export const demandPageDto = pageOf(demandDto).meta({ id: 'DemandPage' });

export const demandQueryDto = cursorQuery.extend({
  status: z.enum(demandTransitions.states).default('open'),
  kind: z.enum(productKinds).optional(),
  buyer_id: idSchema('org').optional(),
});
export type DemandQueryDto = z.output<typeof demandQueryDto>;

export const newAnswerDto = z
  .strictObject({
    product_id: idSchema('prd').nullable().default(null).describe('A listed product of your organisation'),
    offer_id: idSchema('off').nullable().default(null),
    message: markdown(2000),
  })
  .meta({ id: 'NewDemandAnswer' });
export type NewAnswerDto = z.output<typeof newAnswerDto>;

export const answerDto = z
  .object({
    id: z.string(),
    demand_id: z.string(),
    merchant_id: z.string(),
    product_id: z.string().nullable(),
    offer_id: z.string().nullable(),
    message: z.string(),
    answered_at: z.iso.datetime(),
  })
  .meta({ id: 'DemandAnswer' });
export type AnswerDto = z.output<typeof answerDto>;
export const answerPageDto = pageOf(answerDto).meta({ id: 'DemandAnswerPage' });

export const choiceDto = z.strictObject({ answer_id: idSchema('dan') }).meta({ id: 'DemandChoice' });
export type ChoiceDto = z.output<typeof choiceDto>;

/** Reads a new demand from the wire. */
export function toNewDemand({ place_of_use, open_until, budget, ...rest }: NewDemandDto): NewDemand {
  return {
    ...rest,
    placeOfUse: place_of_use,
    openUntil: new Date(open_until),
    budget: budget && parseMoney(budget.amount, budget.currency),
  };
}

/** Renders a demand. */
export function toDemandDto(demand: Demand): DemandDto {
  return {
    id: demand.id,
    buyer_id: demand.buyerId,
    title: demand.title,
    need: demand.need,
    language: demand.language,
    kinds: [...demand.kinds],
    purpose: demand.purpose,
    place_of_use: demand.placeOfUse,
    budget: demand.budget && toMoneyDto(demand.budget),
    status: demand.status,
    posted_at: demand.postedAt.toISOString(),
    open_until: demand.openUntil.toISOString(),
    closed_at: demand.closedAt?.toISOString() ?? null,
    close_reason: demand.closeReason,
    chosen_answer: demand.chosenAnswer,
  };
}

/** Renders an answer. */
export function toAnswerDto(answer: DemandAnswer): AnswerDto {
  return {
    id: answer.id,
    demand_id: answer.demandId,
    merchant_id: answer.merchantId,
    product_id: answer.productId,
    offer_id: answer.offerId,
    message: answer.message,
    answered_at: answer.answeredAt.toISOString(),
  };
}
