import { z } from 'zod';
import { pageOf } from '@hetao/runtime';
import type { NegotiationEnd } from './negotiation.js';
import { negotiationMessages, negotiationTransitions, type Side } from './negotiation-protocol.js';
import type { NegotiationStep } from './negotiation-record.js';

export const negotiationStepDto = z
  .object({
    event: z
      .enum(['done', 'sent', 'received', 'acknowledged', 'given_up'])
      .describe('done: both sides are here; sent and acknowledged: ours, to a peer; received: a peer’s'),
    message: z.enum(negotiationMessages).describe('What was said, in the words of the Dataspace Protocol'),
    side: z.enum(['merchant', 'buyer']).describe('Who said it'),
    by: z.string().nullable().describe('The person, where it is known: who offered, agreed or broke off here'),
    code: z.string().nullable().describe('Of an end'),
    reason: z.string().nullable().describe('Of an end, or the note of an offer'),
    state_from: z.enum(negotiationTransitions.states).nullable(),
    state_to: z.enum(negotiationTransitions.states),
    at: z.iso.datetime(),
  })
  .meta({ id: 'NegotiationStep' });
export type NegotiationStepDto = z.output<typeof negotiationStepDto>;

export const negotiationHistoryDto = pageOf(negotiationStepDto).meta({ id: 'NegotiationHistory' });

/** A line of the history with what else is known of it. */
export interface ToldStep extends NegotiationStep {
  readonly seq: string;
  /** The offer that came with it. */
  readonly madeBy: string | null;
  readonly note: string | null;
  /** Who consented to the agreement. */
  readonly consentedBy: string | null;
  readonly end: Pick<NegotiationEnd, 'by' | 'code' | 'reason'> | null;
}

/** Renders one line: who did what, when, and why. */
export function toNegotiationStepDto(step: ToldStep): NegotiationStepDto {
  const { event, message, side, from, to, at, end } = step;
  const isEnd = message === 'termination';
  const by = isEnd ? (end?.by ?? null) : message === 'agreement' ? step.consentedBy : step.madeBy;
  return {
    event,
    message,
    side: partyOf(side),
    by: event === 'acknowledged' || event === 'given_up' ? null : by,
    code: isEnd ? (end?.code ?? null) : null,
    reason: isEnd ? (end?.reason ?? null) : step.note,
    state_from: from,
    state_to: to,
    at: at.toISOString(),
  };
}

function partyOf(side: Side): 'merchant' | 'buyer' {
  return side === 'provider' ? 'merchant' : 'buyer';
}
