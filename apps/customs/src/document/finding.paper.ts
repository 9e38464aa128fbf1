import type { Language, LocalizedText } from '@hetao/kernel';
import type { Block, PrintDocument } from '@hetao/documents';
import { timeToClear, type Finding, type Requirement, type RuleSet, type StatutoryClock } from '@hetao/rules';
import { labelOf } from '../policy-query/finding.dto.js';
import { findingNotice } from '../policy-query/notice.js';
import type { AnsweredQuery } from '../policy-query/policy-query.use-cases.js';
import { mainlandDate } from '../shared/reader.js';
import { paperTitles } from './paper-kinds.js';
import { sayIn, type Say } from './paper-words.js';

/** What a paper about a finding is made with. */
export interface PaperTongue {
  readonly language: Language;
  readonly say: Say;
  readonly of: (text: LocalizedText) => string;
}

/** The language of a paper, ready to use. */
export function tongue(language: Language): PaperTongue {
  return { language, say: sayIn(language), of: (text) => text[language] };
}

/** A finding as a page: the answer first, then everything it was made from. Says that it is not legal advice. */
export function findingPaper(answered: AnsweredQuery, language: Language): PrintDocument {
  const speak = tongue(language);
  const { say, of } = speak;
  const { ruleSet, factsSha256, id, keptAt } = answered;
  return {
    language,
    title: of(paperTitles.finding),
    facts: [
      ...(id === null ? [] : [{ label: say('finding_id'), value: id }]),
      ...(keptAt === null ? [] : [{ label: say('kept_on'), value: mainlandDate(keptAt) }]),
      { label: say('rule_set'), value: `${ruleSet.id} ${ruleSet.version}` },
      { label: say('law_cutoff'), value: ruleSet.lawCutoff },
      { label: say('facts_hash'), value: factsSha256 },
    ],
    blocks: [{ kind: 'note', text: of(findingNotice) }, ...findingBlocks(answered, speak)],
    footer: `${ruleSet.id} ${ruleSet.version} · ${factsSha256.slice(0, 16)} · ${of(findingNotice)}`,
  };
}

/** The answer, what it asks for, and what it was made from. */
export function findingBlocks(answered: AnsweredQuery, speak: PaperTongue): readonly Block[] {
  const { ruleSet, state } = answered;
  const { finding } = state;
  return [
    ...answerBlocks(answered, speak),
    ...requirementBlocks(finding, speak),
    ...listBlocks(speak.say('flags'), flagTexts(ruleSet, finding, 'true', speak)),
    ...listBlocks(speak.say('unknown_flags'), flagTexts(ruleSet, finding, 'unknown', speak)),
    ...listBlocks(
      speak.say('doubts'),
      ruleSet.doubts
        .filter(({ id }) => finding.doubts.some((doubt) => doubt.id === id && doubt.state === 'true'))
        .map(({ text }) => speak.of(text)),
    ),
    ...citationBlocks(finding, speak),
    ...answersGiven(answered, speak),
    ...ruleStates(ruleSet, finding, speak),
  ];
}

function answerBlocks({ ruleSet, state }: AnsweredQuery, { say, of }: PaperTongue): Block[] {
  const { finding, possible, questions } = state;
  const pathway = (id: string): string => textOf(ruleSet.pathways, id, of);
  const rule = ruleSet.rules.find(({ id }) => id === finding.rule);
  const open = ruleSet.facts.filter(({ key }) => questions.includes(key)).map(({ question }) => of(question));
  return [
    { kind: 'heading', level: 1, text: `${say('pathway')}: ${pathway(finding.pathway)}` },
    ...(finding.pathway === 'BLOCKED'
      ? [{ kind: 'note', text: blockedText(finding, ruleSet, { say, of }) } as const]
      : []),
    ...(rule === undefined
      ? []
      : [
          {
            kind: 'paragraph',
            text: `${say('rule')}: ${rule.id}, ${of(rule.text)} (${say('certainty')}: ${say(rule.certainty)})`,
          } as const,
        ]),
    ...(finding.needsPerson ? [{ kind: 'note', text: say('needs_person') } as const] : []),
    ...(possible.length > 1 ? listBlocks(say('possible'), possible.map(pathway)) : []),
    ...listBlocks(say('waiting'), open),
  ];
}

/** Which rule forbids it, and the articles: one sentence, the same on every paper. */
export function blockedText(finding: Finding, ruleSet: RuleSet, { say, of }: Pick<PaperTongue, 'say' | 'of'>): string {
  const rule = ruleSet.rules.find(({ id }) => id === finding.rule);
  const articles = ruleSet.citations.filter(({ id }) => rule?.cite.includes(id)).map(({ text }) => of(text));
  return `${say('blocked')} ${rule === undefined ? '' : of(rule.text)} (${rule?.id ?? ''}: ${articles.join('; ')})`;
}

function requirementBlocks(finding: Finding, speak: PaperTongue): Block[] {
  const { say } = speak;
  const alternatives = new Set(finding.alternatives.map(({ id }) => id));
  const beside = finding.further.filter(({ id }) => !alternatives.has(id));
  const { workingDays, extendable, unlimited } = timeToClear(finding);
  const time = [
    `${workingDays} ${say('working_day')}`,
    ...(extendable ? [say('extendable')] : []),
    ...(unlimited.length > 0 ? [`${say('unlimited')} ${unlimited.join(', ')}`] : []),
  ];
  if (finding.requirement === null && beside.length === 0) return [];
  return [
    { kind: 'paragraph', text: `${say('time_to_clear')}: ${time.join('; ')}` },
    ...(finding.requirement === null ? [] : oneRequirement(finding.requirement, speak)),
    ...finding.alternatives.flatMap((each) => [
      heading(`${say('alternatives')}: ${each.id}`),
      ...oneRequirement(each, speak),
    ]),
    ...beside.flatMap((each) => [heading(`${say('further')}: ${each.id}`), ...oneRequirement(each, speak)]),
  ];
}

function oneRequirement({ authority, documents, clocks, validity, notes }: Requirement, speak: PaperTongue): Block[] {
  const { say, of } = speak;
  const holds =
    validity === null
      ? say('none')
      : 'contractTerm' in validity
        ? say('contract_term')
        : `${validity.years} ${say('years')}`;
  return [
    { kind: 'paragraph', text: `${say('authority')}: ${of(authority)}` },
    ...listBlocks(
      say('documents'),
      documents.map(({ text }) => of(text)),
    ),
    ...(clocks.length === 0 ? [] : [clockTable(clocks, speak)]),
    { kind: 'paragraph', text: `${say('validity')}: ${holds}` },
    ...listBlocks(say('notes'), notes.map(of)),
  ];
}

function clockTable(clocks: readonly StatutoryClock[], { say, of }: PaperTongue): Block {
  return {
    kind: 'table',
    columns: [
      { title: say('step'), share: 3 },
      { title: say('by') },
      { title: say('limit'), share: 2 },
      { title: say('from'), share: 2 },
    ],
    rows: clocks.map(({ text, by, count, unit, direction, from, extendableBy }) => [
      of(text),
      by === 'exporter' ? say('exporter') : say('authority'),
      `${count} ${say(unit)}${direction === 'before' ? ` ${say('before_end')}` : ''}${extendableBy === undefined ? '' : `, ${say('extendable')}`}`,
      from,
    ]),
  };
}

function flagTexts(ruleSet: RuleSet, finding: Finding, state: string, { of }: PaperTongue): readonly string[] {
  return finding.flags
    .filter((flag) => flag.state === state)
    .map(({ id }) => `${textOf(ruleSet.flags, id, of)} (${id})`);
}

function citationBlocks(finding: Finding, { say, of }: PaperTongue): Block[] {
  if (finding.citations.length === 0) return [];
  const rows = finding.citations.map(({ id, text, mark }) => [id, of(text), mark]);
  const columns = [
    { title: say('reference') },
    { title: say('citations'), share: 4 },
    { title: say('source'), share: 2 },
  ];
  return [heading(say('citations')), { kind: 'table', columns, rows }];
}

function answersGiven({ ruleSet, state, given }: AnsweredQuery, { say, of }: PaperTongue): Block[] {
  const implied = new Set(state.implied.map(({ fact }) => fact));
  const rows = ruleSet.facts.flatMap((fact) => {
    const value = given[fact.key] ?? null;
    if (value !== null) return [[fact.key, of(fact.question), of(labelOf(fact, value))]];
    const found = state.implied.find((each) => each.fact === fact.key);
    if (found === undefined || !implied.has(fact.key)) return [];
    const values = found.values.map((each) => of(labelOf(fact, each))).join(' / ');
    return [[fact.key, of(fact.question), `${values} (${say('implied')}, ${found.because})`]];
  });
  if (rows.length === 0) return [];
  const columns = [
    { title: '#', share: 2 },
    { title: say('question'), share: 5 },
    { title: say('answer'), share: 3 },
  ];
  return [heading(say('answers')), { kind: 'table', columns, rows }];
}

function ruleStates(ruleSet: RuleSet, finding: Finding, { say, of }: PaperTongue): Block[] {
  const rows = finding.rules.map(({ id, then, state }) => [
    id,
    textOf(ruleSet.rules, id, of),
    textOf(ruleSet.pathways, then, of),
    say(state),
  ]);
  const columns = [
    { title: say('rule') },
    { title: '', share: 4 },
    { title: say('leads_to'), share: 2 },
    { title: say('status') },
  ];
  return [heading(say('rules')), { kind: 'table', columns, rows }];
}

function textOf(
  list: readonly { readonly id: string; readonly text: LocalizedText }[],
  id: string,
  of: PaperTongue['of'],
): string {
  const found = list.find((each) => each.id === id);
  return found === undefined ? id : of(found.text);
}

/** A list under a heading, or nothing where there is nothing to list. */
export function listBlocks(title: string, items: readonly string[]): Block[] {
  return items.length === 0 ? [] : [heading(title), { kind: 'list', items }];
}

export function heading(text: string): Block {
  return { kind: 'heading', level: 2, text };
}
