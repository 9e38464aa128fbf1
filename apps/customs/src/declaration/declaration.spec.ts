import { describe, expect, it } from '@jest/globals';
import { builtInCalendars, RuleEngine, szdexCrossBorder2026111, workCalendar, type Facts } from '@hetao/rules';
import { field, tcmDeclaration, tcmFacts } from '../../test/sample-declaration.js';
import {
  decideDeclaration,
  declarationTransitions,
  draftDeclaration,
  exemptDeclaration,
  followRelease,
  forwardDeclaration,
  releaseDeclaration,
  reviseDeclaration,
  stepDeclaration,
  submitDeclaration,
  type Declaration,
  type DeclarationCommand,
  type Decision,
  type Outcome,
} from './declaration.js';
import { declarationContentDto } from './declaration.dto.js';
import { toForm } from './form.dto.js';
import { returnDeclaration } from './supplements.js';

const engine = new RuleEngine(szdexCrossBorder2026111);
const today = { at: new Date('2026-11-23T02:00:00Z'), date: '2026-11-23', calendar: workCalendar(builtInCalendars) };
const decision: Decision = {
  kind: 'official',
  reference: 'X 1',
  evidenceSha256: 'ab',
  decidedOn: '2026-11-23',
  validUntil: '2027-11-23',
  enteredBy: 'usr_a',
};
const assess = (facts: Facts, form: object = {}) => {
  const content = declarationContentDto.parse({ ...tcmDeclaration({ form }), facts });
  return { form: toForm(content.form), facts, factsSha256: 'x', finding: engine.evaluate(facts) };
};
const draft = draftDeclaration(assess(tcmFacts), {
  id: 'dcl_1',
  exporterId: 'org_1',
  by: 'usr_e',
  at: today.at,
  year: 2026,
});
const exempt = assess(
  { ...tcmFacts, 'd.sensitive': false, 'd.health': false, 'ytd.general': 10 },
  { fields: [field('age_band', false)], persons: { general: 10, sensitive: 0 } },
);

/** A declaration for which every guard holds, so that only the state decides. */
const ready = (status: Declaration['status'], command: DeclarationCommand): Declaration => ({
  ...draft,
  ...(command === 'exempt' ? exempt : {}),
  status,
  decision,
  tracks: draft.tracks.map((track) => ({ ...track, state: 'cleared' })),
});
const commands: Record<DeclarationCommand, (before: Declaration) => Outcome> = {
  revise: (before) => reviseDeclaration(before, assess(tcmFacts)),
  check: (before) => stepDeclaration(before, 'check'),
  consult: (before) => stepDeclaration(before, 'consult'),
  advise: (before) => stepDeclaration(before, 'advise'),
  exempt: (before) => exemptDeclaration(before, decision, { general: 0, sensitive: 0 }, today.date),
  submit: (before) => submitDeclaration(before, { general: 0, sensitive: 0 }, today),
  return: (before) => returnDeclaration(before, { reason: 'why', items: [] }, 'usr_a', today),
  forward: (before) => forwardDeclaration(before, today),
  pass: (before) => decideDeclaration(before, 'pass', decision, today),
  refuse: (before) => decideDeclaration(before, 'refuse', decision, today),
  release: (before) => releaseDeclaration(before, 'usr_b', today),
  suspend: (before) => followRelease(before, 'suspend'),
  resume: (before) => followRelease(before, 'resume'),
  expire: (before) => followRelease(before, 'expire'),
  revoke: (before) => followRelease(before, 'revoke'),
};

/** The transitions of the reference, section 5, word for word; the last two are ours, and say why in the code. */
const reference =
  'draft>self_check self_check>consulting consulting>self_check self_check>exempt_memo self_check>submitted ' +
  'submitted>returned returned>submitted submitted>in_authority in_authority>decided_pass in_authority>decided_refused ' +
  'decided_pass>released exempt_memo>released released>suspended suspended>released released>expired released>revoked suspended>expired suspended>revoked';

describe('a declaration', () => {
  const states = declarationTransitions.states;
  const names = Object.keys(commands) as DeclarationCommand[];
  it.each(states.flatMap((state) => names.map((command) => [state, command] as const)))('%s × %s', (state, command) => {
    const before = ready(state, command);
    const outcome = commands[command](before);
    const [target] = declarationTransitions.targets(state, command);
    if (target === undefined)
      expect(outcome).toMatchObject({ ok: false, error: { code: 'DECLARATION_TRANSITION_REFUSED' } });
    else expect(outcome).toMatchObject({ ok: true, value: { status: target, revision: before.revision + 1 } });
  });

  it('moves exactly as the reference says', () => {
    const moves = states.flatMap((from) =>
      names.flatMap((command) => declarationTransitions.targets(from, command).map((to) => [from, to] as const)),
    );
    const changes = moves.filter(([from, to]) => from !== to).map(([from, to]) => `${from}>${to}`);
    expect(changes.sort()).toEqual(reference.split(' ').sort());
  });

  it('loses a track with the flag that opened it, and keeps what was decided about the others', () => {
    const before = ready('draft', 'revise');
    const revised = reviseDeclaration(before, assess({ ...tcmFacts, 'd.tcm_tech': true, 'd.health': false }));
    if (!revised.ok) throw new Error('A draft can be revised.');
    expect(revised.value.tracks.map(({ id, state }) => [id, state])).toEqual([
      ['technology_export', 'open'],
      ['base_duties', 'cleared'],
      ['destination_law', 'cleared'],
    ]);
  });
});
