import type { Block, PrintDocument } from '@hetao/documents';
import {
  annexSection,
  assessmentSection,
  decisionSection,
  exporterSection,
  fieldsSection,
  guidelineSection,
  onePageSection,
  recipientSection,
  signatureSection,
  suppliedSection,
  trackSection,
  transferSection,
  volumeSection,
  type PaperSubject,
} from './declaration-sections.paper.js';
import { blockedText, findingBlocks, heading } from './finding.paper.js';
import { paperTitles, type PaperKind } from './paper-kinds.js';
import { findingNotice } from '../policy-query/notice.js';

type Sections = readonly ((subject: PaperSubject) => readonly Block[])[];

const whole: Sections = [exporterSection, recipientSection, transferSection, fieldsSection, volumeSection];
/** What each paper holds, in the order its readers look for it. */
const contents: Readonly<Record<PaperKind, Sections>> = {
  finding: [wholeFinding],
  'self-assessment': [...whole, assessmentSection, trackSection, suppliedSection, conclusion, signatureSection],
  'impact-assessment': [...whole, assessmentSection, trackSection, conclusion, signatureSection],
  'standard-contract-annex': [annexSection, exporterSection, recipientSection, fieldsSection, signatureSection],
  'gba-contract-annex': [
    guidelineSection,
    annexSection,
    exporterSection,
    recipientSection,
    fieldsSection,
    signatureSection,
  ],
  'one-page-form': [onePageSection, signatureSection],
  'exemption-memo': [
    conclusion,
    exporterSection,
    recipientSection,
    transferSection,
    fieldsSection,
    trackSection,
    decisionSection,
  ],
};

/**
 * Makes a paper out of a declaration. It names the rule set and the hash of the facts, says that it is a draft until the
 * declaration is handed in or its memo written, and says first of all when the transfer is not allowed.
 */
export function declarationPaper(kind: PaperKind, subject: PaperSubject): PrintDocument {
  const { declaration, answered, speak } = subject;
  const { say, of } = speak;
  const { ruleSet } = answered;
  const blocked = declaration.finding.pathway === 'BLOCKED';
  return {
    language: speak.language,
    title: of(paperTitles[kind]),
    subtitle: standing(subject),
    facts: [
      { label: say('declaration'), value: declaration.id },
      { label: say('revision'), value: String(declaration.revision) },
      { label: say('status'), value: declaration.status },
      { label: say('rule_set'), value: `${ruleSet.id} ${ruleSet.version}` },
      { label: say('facts_hash'), value: declaration.factsSha256 },
    ],
    blocks: [
      ...(isDraft(subject) ? [{ kind: 'note', text: say('draft') } as const] : []),
      ...(blocked ? [{ kind: 'note', text: blockedText(declaration.finding, ruleSet, speak) } as const] : []),
      ...contents[kind].flatMap((section) => section(subject)),
      { kind: 'note', text: of(findingNotice) },
    ],
    footer: `${declaration.id} · ${ruleSet.id} ${ruleSet.version} · ${declaration.factsSha256}${isDraft(subject) ? ` · ${say('draft')}` : ''}`,
  };
}

function isDraft({ declaration: { submittedAt, decision } }: PaperSubject): boolean {
  return submittedAt === null && decision === null;
}

function standing(subject: PaperSubject): string {
  const { say } = subject.speak;
  if (isDraft(subject)) return say('draft');
  const { decision } = subject.declaration;
  return decision?.kind === 'exempt_memo' ? `${say('memo_written')}: ${decision.reference}` : say('handed_in');
}

function wholeFinding({ answered, speak }: PaperSubject): readonly Block[] {
  return findingBlocks(answered, speak);
}

/** The pathway, the rule and its articles: what the whole finding says in three lines. */
function conclusion({
  declaration: { finding },
  answered: { ruleSet },
  speak: { say, of },
}: PaperSubject): readonly Block[] {
  const pathway = ruleSet.pathways.find(({ id }) => id === finding.pathway);
  const rule = ruleSet.rules.find(({ id }) => id === finding.rule);
  const articles = finding.citations.map(({ text }) => of(text));
  return [
    heading(`${say('pathway')}: ${pathway === undefined ? finding.pathway : of(pathway.text)}`),
    ...(rule === undefined
      ? []
      : [
          {
            kind: 'paragraph',
            text: `${say('rule')}: ${rule.id}, ${of(rule.text)} (${say('certainty')}: ${say(rule.certainty)})`,
          } as const,
        ]),
    ...(articles.length === 0 ? [] : [{ kind: 'list', items: articles } as const]),
  ];
}
