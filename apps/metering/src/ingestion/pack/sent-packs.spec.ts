import { describe, expect, it } from '@jest/globals';
import type { Submission } from '../submission.types.js';
import { encodePacks } from './pack-format.js';
import { SentPacks } from './sent-packs.register.js';

const sender = { senderId: 'org_m', organisationId: 'org_m', isSystem: false };
const written = (batchId: string, receivedAtMs = 1_431_857_103_000) => {
  const submission: Submission = { batchId, sender, receivedAtMs, unreadable: 0, events: [] };
  const [pack] = encodePacks(submission);
  if (!pack) throw new Error('Every submission has a pack.');
  return pack;
};

describe('the packs a process wrote', () => {
  it('are known by their bytes until they are forgotten', () => {
    const sent = new SentPacks();
    const pack = written('bat_1');
    sent.remember(pack);
    expect(sent.find(Buffer.from(pack.value))).toBe(pack.submission);
    sent.forget('bat_1');
    expect(sent.find(pack.value)).toBeUndefined();
  });

  it('are not taken for another pack of the same name, for what nobody wrote here, or for no pack at all', () => {
    const sent = new SentPacks();
    sent.remember(written('bat_1'));
    expect(sent.find(written('bat_1', 1_431_857_103_001).value)).toBeUndefined();
    expect(sent.find(written('bat_2').value)).toBeUndefined();
    expect(sent.find(Buffer.from('no pack'))).toBeUndefined();
    expect(sent.find(Buffer.alloc(0))).toBeUndefined();
  });

  it('are remembered up to a bound', () => {
    const sent = new SentPacks();
    const large = (batchId: string) => {
      const pack = written(batchId);
      return { ...pack, value: Buffer.concat([pack.value, Buffer.alloc(20 * 1024 * 1024)]) };
    };
    const [first, second] = [large('bat_1'), large('bat_2')];
    sent.remember(first);
    sent.remember(second);
    expect(sent.find(first.value)).toBe(first.submission);
    expect(sent.find(second.value)).toBeUndefined();
    sent.forget('bat_1');
    sent.remember(second);
    expect(sent.find(second.value)).toBe(second.submission);
  });
});
