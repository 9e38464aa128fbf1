import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { actOf, negotiationIn } from '../../test/sample-negotiation.js';
import { day } from '../../test/sample-terms.js';
import { acknowledge, act, giveUp, meaningFor, otherSide, receive, type Negotiation } from './negotiation.js';
import {
  messageSenders,
  negotiationMessages,
  negotiationTransitions,
  type NegotiationMessage,
  type Side,
} from './negotiation-protocol.js';

/** One side's books, what it still has to send, and the answer it has not read yet. */
interface Desk {
  book: Negotiation;
  outbox: NegotiationMessage[];
  answer: { readonly message: NegotiationMessage; readonly taken: boolean } | null;
}

type Happening =
  | { readonly side: Side; readonly message: NegotiationMessage }
  | { readonly side: Side; readonly choice: number }
  | { readonly side: Side; readonly line: 'carries' | 'learns' };

/** Two exchanges and the line between them: messages of one side arrive in order, answers when they like. */
class TwoExchanges {
  readonly desks: Readonly<Record<Side, Desk>>;

  constructor() {
    const desk = (role: Side): Desk => ({ book: negotiationIn(role, 'REQUESTED'), outbox: [], answer: null });
    this.desks = { provider: desk('provider'), consumer: desk('consumer') };
  }

  says(side: Side, message: NegotiationMessage): void {
    const desk = this.desks[side];
    const said = act(desk.book, side, actOf(message, side), day(1));
    if (!said.ok || said.value.step === null) return;
    desk.book = said.value.negotiation;
    desk.outbox.push(message);
  }

  /** As {@link says}, something that has a place and leads on. */
  goesOn(side: Side, choice: number): void {
    const possible = negotiationTransitions
      .commandsFrom(this.desks[side].book.state)
      .filter((message) => message !== 'termination' && messageSenders[message].includes(side));
    const message = possible[choice % possible.length];
    if (message !== undefined) this.says(side, message);
  }

  /** The oldest message of this side reaches the other one, which answers; the answer is on its way back. */
  carries(side: Side): void {
    const desk = this.desks[side];
    const [message] = desk.outbox;
    if (message === undefined || desk.answer !== null) return;
    desk.answer = { message, taken: this.#hears(otherSide(side), message) };
  }

  /** The answer arrives: an acknowledgement, or the end. */
  learns(side: Side): void {
    const desk = this.desks[side];
    const { answer } = desk;
    if (answer === null) return;
    desk.answer = null;
    if (answer.taken) {
      desk.outbox.shift();
      desk.book = acknowledge(desk.book, answer.message, day(1)).negotiation;
    } else {
      desk.outbox = [];
      desk.book = giveUp(
        desk.book,
        { message: answer.message, code: 'REFUSED', reason: 'refused' },
        day(1),
      ).negotiation;
    }
  }

  #hears(side: Side, message: NegotiationMessage): boolean {
    const desk = this.desks[side];
    const meaning = meaningFor(desk.book, message);
    const [own] = desk.outbox;
    const settled =
      meaning === 'acknowledges' && own !== undefined ? acknowledge(desk.book, own, day(1)).negotiation : desk.book;
    const heard = receive(settled, actOf(message, otherSide(side)), day(1));
    if (!heard.ok) return false;
    desk.outbox = meaning === 'overtakes' ? [] : meaning === 'acknowledges' ? desk.outbox.slice(1) : desk.outbox;
    // Settled by what the other side said next: its answer to ours, still on its way, tells nothing new.
    if (meaning !== 'nothing') desk.answer = null;
    desk.book = heard.value.negotiation;
    return true;
  }

  happens(each: Happening): void {
    if ('message' in each) this.says(each.side, each.message);
    else if ('choice' in each) this.goesOn(each.side, each.choice);
    else this[each.line](each.side);
  }

  drain(): void {
    for (let round = 0; round < 20; round += 1) {
      for (const side of ['provider', 'consumer'] as const) {
        this.carries(side);
        this.learns(side);
      }
    }
  }
}

const side = fc.constantFrom<Side>('provider', 'consumer');
// Mostly they mean to come to an agreement.
const message = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(...negotiationMessages.filter((each) => each !== 'termination')) },
  { weight: 1, arbitrary: fc.constant<NegotiationMessage>('termination') },
);
const event: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ side, message }) },
  { weight: 3, arbitrary: fc.record({ side, choice: fc.nat(1) }) },
  { weight: 3, arbitrary: fc.record({ side, line: fc.constantFrom('carries' as const, 'learns' as const) }) },
);

describe('two exchanges that say what they like, when they like', () => {
  it('have the same in their books once everything has arrived', () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(fc.array(event, { minLength: 20, maxLength: 120 }), (events) => {
        const both = new TwoExchanges();
        for (const each of events) {
          both.happens(each);
        }
        both.drain();
        reached.add(both.desks.provider.book.state);
        const { provider, consumer } = both.desks;
        expect([provider.book.pending, consumer.book.pending]).toEqual([null, null]);
        expect(provider.book.state).toBe(consumer.book.state);
      }),
      { numRuns: 500 },
    );
    expect([...reached].sort()).toEqual([...negotiationTransitions.states].sort());
  });

  it('never leave a last state, and only reach it with a reason or with both consents', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        const both = new TwoExchanges();
        const last: Partial<Record<Side, string>> = {};
        for (const each of events) {
          both.happens(each);
          for (const who of ['provider', 'consumer'] as const) {
            const { state, end } = both.desks[who].book;
            if (last[who] !== undefined) expect(state).toBe(last[who]);
            if (negotiationTransitions.isFinal(state)) last[who] = state;
            if (state === 'TERMINATED') expect(end).not.toBeNull();
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
