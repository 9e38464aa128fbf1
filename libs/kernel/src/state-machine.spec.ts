import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { defineTransitions, type TransitionTable } from './state-machine.js';

const listing = defineTransitions({
  draft: { submit: 'review' },
  review: { approve: 'listed', return: 'draft' },
  listed: { delist: 'delisted', revise: ['draft', 'review'] },
  delisted: {},
}).assertReachable('draft');

describe('defineTransitions', () => {
  it('answers for every state and command', () => {
    const commands = ['submit', 'approve', 'return', 'delist', 'revise'] as const;
    const accepted = listing.states.map((from) => commands.filter((command) => listing.canTransition(from, command)));
    expect(accepted).toEqual([['submit'], ['approve', 'return'], ['delist', 'revise'], []]);
    expect(listing.states.map((from) => listing.commandsFrom(from))).toEqual(accepted);
    expect(listing.targets('listed', 'revise')).toEqual(['draft', 'review']);
    expect(listing.targets('draft', 'approve')).toEqual([]);
    expect(listing.states.filter((state) => listing.isFinal(state))).toEqual(['delisted']);
  });

  it('names the states nothing leads to', () => {
    const broken = defineTransitions<'a' | 'b' | 'c', 'go'>({ a: { go: 'b' }, b: {}, c: { go: 'a' } });
    expect(() => broken.assertReachable('a')).toThrow('Nothing leads from a to c.');
  });

  it('refuses a target without a row', () => {
    const table: Record<string, Record<string, string>> = { a: { go: 'z' } };
    expect(() => defineTransitions(table)).toThrow('No row for state(s) z.');
  });

  it('finds exactly the states a random walk can visit', () => {
    const size = 4;
    const edges = fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 10 });
    fc.assert(
      fc.property(edges, (pairs) => {
        const rows = Array.from({ length: size }, (_, from) => [
          `s${from}`,
          { go: pairs.filter(([source]) => source === from).map(([, to]) => `s${to}`) },
        ]);
        const transitions = defineTransitions<string, string>(
          Object.fromEntries(rows) as TransitionTable<string, string>,
        );
        // The model: the closure by repeated relaxation over the edges.
        const visited = new Set([0]);
        for (let round = 0; round < size; round += 1) for (const [a, b] of pairs) if (visited.has(a)) visited.add(b);
        const lost = [...transitions.states].filter((_, state) => !visited.has(state));
        const check = () => transitions.assertReachable('s0');
        if (lost.length === 0) expect(check()).toBe(transitions);
        else expect(check).toThrow(`Nothing leads from s0 to ${lost.join(', ')}.`);
      }),
    );
  });
});
