import { describe, expect, it } from '@jest/globals';
import { RuleEngine, szdexCrossBorder2026111 as ruleSet } from '@hetao/rules';
import fc from 'fast-check';
import { tcmDeclaration, tcmFacts } from '../../test/sample-declaration.js';
import { declarationContentDto } from './declaration.dto.js';
import { changeForm, toForm, toFormDto } from './form.dto.js';
import { redeclarationTriggers, triggersBetween } from './redeclaration-trigger.js';

const engine = new RuleEngine(ruleSet);
const form = toForm(declarationContentDto.parse(tcmDeclaration()).form);
const compared = (change: object = {}, facts: object = {}) => {
  const all = { ...tcmFacts, ...facts };
  return { form: { ...form, ...change }, facts: all, finding: engine.evaluate(all) };
};
const ids = (change: object, facts: object = {}): string[] =>
  triggersBetween(compared(), compared(change, facts)).map(({ id }) => id);

describe('what must be declared anew', () => {
  it.each<[string, object, object, string]>([
    ['another purpose', {}, { 'tx.purpose': 'marketing' }, 'purpose'],
    ['another way in', {}, { 'tx.mode': 'remote_view' }, 'manner'],
    ['one more field', { fields: [...form.fields, { ...form.fields[1], name: 'new' }] }, {}, 'scope'],
    [
      'a field that becomes sensitive',
      { fields: form.fields.map((field) => ({ ...field, sensitive: true })) },
      {},
      'type',
    ],
    ['one more person', { persons: { general: 0, sensitive: 8_001 } }, {}, 'volume'],
    ['another recipient', { recipientId: 'org_x' }, {}, 'recipient'],
    ['another master of the recipient', { recipientControl: 'a fund' }, {}, 'recipient_use'],
    ['one more day', { retentionDays: 731 }, {}, 'retention'],
    ['kept without end', { retentionDays: null }, {}, 'retention'],
    ['another law there', { assessment: { ...form.assessment, recipientLaw: 'changed' } }, {}, 'law'],
    ['a heavier pathway', {}, { 'ytd.sensitive': 10_000 }, 'pathway'],
  ])('%s', (_what, change, facts, trigger) => {
    const found = triggersBetween(compared(), compared(change, facts));
    expect(found.map(({ id }) => id)).toContain(trigger);
    expect(found[0]?.cite).toEqual(['SCM-8', 'NDSMR-38']);
    expect(redeclarationTriggers).toContain(trigger);
  });

  it('is nothing when nothing changed, nor when there is only less of the same', () => {
    expect(ids({})).toEqual([]);
    fc.assert(
      fc.property(
        fc.subarray([...form.fields]),
        fc.nat({ max: 8_000 }),
        fc.nat({ max: 730 }),
        (fields, sensitive, retentionDays) => {
          expect(ids({ fields, persons: { general: 0, sensitive }, retentionDays })).toEqual([]);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('the form', () => {
  it('is read and written without loss, and a change replaces only what it names', () => {
    expect(toForm(toFormDto(form))).toEqual(form);
    expect(changeForm(form, {})).toEqual(form);
    expect(changeForm(form, { scenario: 'other' })).toEqual({ ...form, scenario: 'other' });
    expect(changeForm(form, { necessity: null }).necessity).toBeNull();
  });
});
