import { describe, expect, it } from '@jest/globals';
import { askDiscard, askReplay, type DeadLetterState } from './dead-letter.js';

const at = new Date('2026-11-02T08:00:00Z');
const parked: DeadLetterState = { id: 'dlt_1', status: 'parked', asked: null, confirmedBy: null, settledAt: null };
const ask = (by: string) => ({ by, reason: 'sent twice by mistake', at });
const proposed: DeadLetterState = { ...parked, status: 'discard_proposed', asked: ask('usr_a') };
const requested: DeadLetterState = { ...parked, status: 'replay_requested', asked: ask('usr_a') };
const replayed: DeadLetterState = { ...requested, status: 'replayed', settledAt: at };
const discarded: DeadLetterState = { ...proposed, status: 'discarded', confirmedBy: 'usr_b', settledAt: at };
const refused = { ok: false, error: { code: 'DEAD_LETTER_SETTLED' } };

describe('A dead letter', () => {
  it('is replayed on one person’s word, and a proposal to discard it falls', () => {
    expect(askReplay(parked, ask('usr_a'))).toEqual({ ok: true, value: requested });
    expect(askReplay(proposed, ask('usr_a'))).toEqual({ ok: true, value: requested });
  });

  it('is discarded by two people, never by one', () => {
    expect(askDiscard(parked, ask('usr_a'))).toEqual({ ok: true, value: proposed });
    expect(askDiscard(proposed, ask('usr_a'))).toEqual({ ok: true, value: proposed });
    expect(askDiscard(proposed, ask('usr_b'))).toEqual({ ok: true, value: discarded });
  });

  it('needs two again after a replay that failed', () => {
    const failedAgain: DeadLetterState = { ...requested, status: 'parked' };
    expect(askDiscard(failedAgain, ask('usr_b'))).toMatchObject({ ok: true, value: { status: 'discard_proposed' } });
  });

  it.each([
    ['replay', 'one that is asked for', () => askReplay(requested, ask('usr_b')), requested],
    ['replay', 'one that was replayed', () => askReplay(replayed, ask('usr_b')), replayed],
    ['discard', 'one that was discarded', () => askDiscard(discarded, ask('usr_c')), discarded],
  ])('bears the same %s again, of %s', (_what, _when, again, same) => {
    expect(again()).toEqual({ ok: true, value: same });
  });

  it('is not replayed after it was discarded, nor discarded while or after it is replayed', () => {
    expect(askReplay(discarded, ask('usr_a'))).toMatchObject(refused);
    expect(askDiscard(requested, ask('usr_a'))).toMatchObject(refused);
    expect(askDiscard(replayed, ask('usr_a'))).toMatchObject(refused);
  });
});
