import { describe, expect, it } from '@jest/globals';
import { forgetAllDrafts, forgetDraft, keepDraft, readDraft } from './draft.js';

/** As the browser's store, with a lid. */
function store(full = false) {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    key: (index: number) => [...items.keys()][index] ?? null,
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => {
      if (full) throw new Error('QuotaExceededError');
      items.set(name, value);
    },
    removeItem: (name: string) => void items.delete(name),
  };
}

const at = (kept: ReturnType<typeof store>, form: string, account = 'acc_1') => ({ store: kept, account, form });

describe('drafts', () => {
  it('come back to whoever typed them, and to nobody else', () => {
    const kept = store();
    keepDraft(at(kept, 'request'), { purpose: '研究' }, 0);
    expect(readDraft(at(kept, 'request'), 1)).toEqual({ purpose: '研究' });
    expect(readDraft(at(kept, 'request', 'acc_2'), 1)).toBeUndefined();
    expect(readDraft(at(kept, 'other'), 1)).toBeUndefined();
  });

  it('are forgotten when sent, after a week, and at sign-out', () => {
    const kept = store();
    keepDraft(at(kept, 'a'), 1, 0);
    keepDraft(at(kept, 'b'), 2, 0);
    forgetDraft(at(kept, 'a'));
    expect(readDraft(at(kept, 'a'), 1)).toBeUndefined();
    expect(readDraft(at(kept, 'b'), 7 * 86_400_000)).toBeUndefined();
    kept.setItem('hetao-theme', 'dark');
    forgetAllDrafts(kept);
    expect(kept.length).toBe(1);
  });

  it('a full store or a broken draft harms no form', () => {
    const full = store(true);
    expect(() => keepDraft(at(full, 'a'), 1, 0)).not.toThrow();
    const broken = store();
    broken.setItem('hetao-draft:acc_1:a', '{');
    expect(readDraft(at(broken, 'a'), 0)).toBeUndefined();
  });
});
