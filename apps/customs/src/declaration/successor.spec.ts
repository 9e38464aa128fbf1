import { describe, expect, it } from '@jest/globals';
import { builtInCalendars, RuleEngine, szdexCrossBorder2026111, workCalendar } from '@hetao/rules';
import { tcmDeclaration, tcmFacts } from '../../test/sample-declaration.js';
import { declarationTransitions, draftDeclaration, type Declaration } from './declaration.js';
import { declarationContentDto } from './declaration.dto.js';
import { toForm } from './form.dto.js';
import { extendDeclaration, extensionWindow, redeclareDeclaration } from './successor.js';
import { answerSupplements } from './supplements.js';

const form = { ...toForm(declarationContentDto.parse(tcmDeclaration()).form), mechanism: 'CERT' };
const assessed = {
  form,
  facts: tcmFacts,
  factsSha256: 'x',
  finding: new RuleEngine(szdexCrossBorder2026111).evaluate(tcmFacts),
};
const on = (date: string) => ({ date, at: new Date(`${date}T02:00:00Z`), calendar: workCalendar(builtInCalendars) });
const input = { id: 'dcl_2', by: 'usr_1', year: 2026 };
const draft = draftDeclaration(assessed, {
  id: 'dcl_1',
  exporterId: 'org_1',
  by: 'usr_1',
  at: on('2026-11-23').at,
  year: 2026,
});
const decision = {
  reference: 'C 1',
  evidenceSha256: 'ab',
  decidedOn: '2026-11-23',
  validUntil: '2029-11-23',
  enteredBy: 'usr_2',
};
const certified: Declaration = { ...draft, status: 'released', decision: { ...decision, kind: 'official' } };

describe('a certificate', () => {
  it('is renewed within the six months before it ends, by the calendar and not by working days', () => {
    expect(extensionWindow(certified, on('2026-11-23'))).toEqual({
      ok: true,
      value: { opens: '2029-05-23', closes: '2029-11-23' },
    });
    for (const [date, ok] of [
      ['2029-05-22', false],
      ['2029-05-23', true],
      ['2029-11-23', true],
      ['2029-11-24', false],
    ] as const)
      expect([date, extendDeclaration(certified, assessed, input, on(date)).ok]).toEqual([date, ok]);
    expect(extendDeclaration(certified, assessed, input, on('2029-06-01'))).toMatchObject({
      value: { kind: 'extension', status: 'draft', predecessor: { id: 'dcl_1', validUntil: '2029-11-23' } },
    });
  });
});

describe('what may follow a declaration', () => {
  it.each(declarationTransitions.states.map((status) => [status]))('%s', (status) => {
    const before = { ...certified, status };
    expect(extensionWindow(before, on('2029-06-01')).ok).toBe(status === 'released');
    const decided = ['decided_pass', 'decided_refused', 'released', 'suspended', 'expired', 'revoked'].includes(status);
    expect(redeclareDeclaration(before, assessed, input, on('2026-11-23')).ok).toBe(decided);
    const asked = { round: 1, reason: 'r', askedBy: 'usr_2', askedOn: '2026-11-23', items: [] };
    const answered = answerSupplements({ ...before, supplements: [asked] }, [], 'usr_1', on('2026-11-23'));
    expect(answered.ok).toBe(status === 'returned');
  });

  it('is no extension of a memo: what needed nothing needs nothing still', () => {
    const memo: Declaration = { ...certified, decision: { ...decision, kind: 'exempt_memo' } };
    expect(extensionWindow(memo, on('2029-06-01'))).toMatchObject({
      ok: false,
      error: { code: 'DECLARATION_NOT_EXTENDABLE' },
    });
  });
});
