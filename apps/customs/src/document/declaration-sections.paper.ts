import type { Block } from '@hetao/documents';
import { labelOf } from '../policy-query/finding.dto.js';
import type { AnsweredQuery } from '../policy-query/policy-query.use-cases.js';
import type { Declaration } from '../declaration/declaration.js';
import { heading, type PaperTongue } from './finding.paper.js';
import type { WordId } from './paper-words.js';

/** A declaration, its finding, and the language it is written about in. */
export interface PaperSubject {
  readonly declaration: Declaration;
  readonly answered: AnsweredQuery;
  readonly speak: PaperTongue;
}
type Section = (subject: PaperSubject) => readonly Block[];
type Row = readonly [label: WordId, value: string | null];

/** Two columns of what was declared; what was not answered says so, rather than being left out. */
function table({ say }: PaperTongue, title: WordId, rows: readonly Row[]): readonly Block[] {
  return [
    heading(say(title)),
    {
      kind: 'table',
      columns: [{ title: say('question') }, { title: say('answer'), share: 2 }],
      rows: rows.map(([label, value]) => [say(label), value ?? say('not_stated')]),
    },
  ];
}

/** The answer to a fact, in the words a person would pick it by. */
function factText({ answered: { ruleSet, given }, speak: { of } }: PaperSubject, key: string): string | null {
  const fact = ruleSet.facts.find((each) => each.key === key);
  const value = given[key] ?? null;
  return fact === undefined || value === null ? null : of(labelOf(fact, value));
}

export const exporterSection: Section = (subject) => {
  const { exporter, ciioBasis, existingNumbers } = subject.declaration.form;
  return table(subject.speak, 'exporter', [
    ['name', exporter?.name ?? null],
    ['place', exporter?.place ?? null],
    ['registration_number', exporter?.registrationNumber ?? null],
    ['contact', exporter?.contact ?? null],
    ['ciio', factText(subject, 'exp.ciio')],
    ['ciio_basis', ciioBasis],
    ['total_pi', factText(subject, 'exp.total_pi')],
    ['existing_numbers', existingNumbers.length === 0 ? subject.speak.say('none') : existingNumbers.join('; ')],
  ]);
};

export const recipientSection: Section = ({ declaration: { form }, speak }) =>
  table(speak, 'recipient', [
    ['name', form.recipientName],
    ['place', form.recipientPlace],
    ['control', form.recipientControl],
    ['onward', form.onwardTransfers ?? speak.say('none')],
  ]);

export const transferSection: Section = (subject) => {
  const { form } = subject.declaration;
  const { say } = subject.speak;
  const { contract, listLookup } = form;
  return table(subject.speak, 'transfer', [
    ['scenario', form.scenario],
    ['purpose', factText(subject, 'tx.purpose')],
    ['necessity', form.necessity],
    ['mode', factText(subject, 'tx.mode')],
    ['storage', form.storagePlace],
    ['retention', form.retentionDays === null ? null : `${form.retentionDays} ${say('days')}`],
    ['deidentification', form.deidentification],
    ['contract', contract?.reference ?? null],
    ['term', contract && `${contract.effectiveFrom} – ${contract.effectiveUntil}`],
    ['list_lookup', listLookup && `${listLookup.list} (${listLookup.lookedUpOn})`],
    ['list_result', listLookup?.result ?? factText(subject, 'nl.status')],
  ]);
};

const TAGS = ['personal', 'sensitive', 'health', 'gene', 'minor'] as const;

export const fieldsSection: Section = ({ declaration: { form }, speak: { say } }) => [
  heading(say('fields')),
  {
    kind: 'table',
    columns: [
      { title: say('field'), share: 2 },
      { title: say('tags'), share: 2 },
      { title: say('reason'), share: 3 },
      { title: say('field_source'), share: 2 },
      { title: say('legal_basis'), share: 2 },
    ],
    rows: form.fields.map((field) => [
      field.name,
      TAGS.filter((tag) => field[tag])
        .map(say)
        .join(', '),
      ...[field.reason, field.source, field.legalBasis].map((text) => text ?? say('not_stated')),
    ]),
  },
];

export const volumeSection: Section = (subject) => {
  const { form } = subject.declaration;
  const { say } = subject.speak;
  const total = (key: string): string => factText(subject, key) ?? say('not_stated');
  return [
    heading(say('volumes')),
    {
      kind: 'table',
      columns: [
        { title: say('channel'), share: 3 },
        { title: say('general'), align: 'right' },
        { title: say('sensitive_people'), align: 'right' },
      ],
      rows: [
        [say('this_transfer'), String(form.persons.general), String(form.persons.sensitive)],
        ...(form.otherChannels ?? []).map(({ channel, general, sensitive }) => [
          channel,
          String(general),
          String(sensitive),
        ]),
        [say('year_to_date'), total('ytd.general'), total('ytd.sensitive')],
      ],
    },
  ];
};

/** The annex of the standard contract, point by point: the national and the Greater Bay Area one ask the same ten. */
export const annexSection: Section = (subject) => {
  const { form } = subject.declaration;
  const { say } = subject.speak;
  const personal = form.fields.filter((field) => field.personal);
  const names = (fields: typeof personal): string => fields.map(({ name }) => name).join(', ') || say('none');
  const { general, sensitive } = form.persons;
  return table(subject.speak, 'annex', [
    [
      'annex_purpose',
      [form.scenario, factText(subject, 'tx.purpose')].filter((text) => text !== null).join('; ') || null,
    ],
    ['annex_manner', form.necessity],
    [
      'annex_scale',
      `${say('general')}: ${general} ${say('people')}; ${say('sensitive_people')}: ${sensitive} ${say('people')}`,
    ],
    ['annex_kinds', names(personal)],
    ['annex_sensitive', names(personal.filter((field) => field.sensitive || field.minor))],
    ['annex_third', form.onwardTransfers ?? say('none')],
    ['annex_way', factText(subject, 'tx.mode')],
    ['annex_term', form.retentionDays === null ? null : `${form.retentionDays} ${say('days')}`],
    ['annex_place', form.storagePlace],
    ['annex_other', form.deidentification ?? say('none')],
  ]);
};

/** The small handler's form in one table; it fits one page unless somebody wrote pages (SMALL 14). */
export const onePageSection: Section = (subject) => {
  const { form } = subject.declaration;
  const { say } = subject.speak;
  const { general, sensitive } = form.persons;
  return table(subject.speak, 'assessment', [
    [
      'exporter',
      form.exporter &&
        [form.exporter.name, form.exporter.place, form.exporter.registrationNumber].filter(Boolean).join(', '),
    ],
    ['total_pi', factText(subject, 'exp.total_pi')],
    ['recipient', [form.recipientName, form.recipientPlace].filter(Boolean).join(', ')],
    ['scenario', form.scenario],
    ['purpose', factText(subject, 'tx.purpose')],
    ['fields', form.fields.map(({ name }) => name).join(', ')],
    ['volumes', `${say('general')}: ${general}; ${say('sensitive_people')}: ${sensitive}`],
    ['storage', form.storagePlace],
    ['retention', form.retentionDays === null ? null : `${form.retentionDays} ${say('days')}`],
    ['lawfulness', form.assessment?.lawfulness ?? null],
    ['impact', form.assessment?.impact ?? null],
    ['measures', form.assessment?.measures ?? null],
    ['finished_on', form.assessment?.finishedOn ?? null],
  ]);
};

/** Which of the two guidelines of the Greater Bay Area applies: the one with Hong Kong, or the one with Macao. */
export const guidelineSection: Section = ({ answered: { ruleSet, given }, speak }) => {
  const { 'tx.origin': origin, 'tx.destination': destination } = given;
  const macao = origin === 'MO' || destination === 'MO';
  const citation = ruleSet.citations.find(({ id }) => id === (macao ? 'GBA-MO-2' : 'GBA-HK-2'));
  const contract = ruleSet.requirements.find(({ id }) => id === 'GBA_SC');
  return [
    heading(speak.say('guideline')),
    {
      kind: 'list',
      items: [
        ...(citation === undefined ? [] : [speak.of(citation.text)]),
        ...(contract === undefined ? [] : [speak.of(contract.authority), ...contract.notes.map(speak.of)]),
      ],
    },
  ];
};

export const assessmentSection: Section = ({ declaration: { form }, speak }) =>
  table(speak, 'assessment', [
    ['lawfulness', form.assessment?.lawfulness ?? null],
    ['impact', form.assessment?.impact ?? null],
    ['measures', form.assessment?.measures ?? null],
    ['recipient_law', form.assessment?.recipientLaw ?? null],
    ['incident_plan', form.assessment?.incidentPlan ?? null],
    ['finished_on', form.assessment?.finishedOn ?? null],
  ]);

export const trackSection: Section = ({ declaration: { tracks }, answered: { ruleSet }, speak: { say, of } }) => {
  if (tracks.length === 0) return [];
  const text = (flag: string): string => {
    const found = ruleSet.flags.find(({ id }) => id === flag);
    return found === undefined ? flag : of(found.text);
  };
  return [
    heading(say('tracks')),
    {
      kind: 'table',
      columns: [{ title: say('track'), share: 3 }, { title: say('status') }, { title: say('reference'), share: 2 }],
      rows: tracks.map(({ flag, state, reference }) => [text(flag), state, reference ?? '–']),
    },
  ];
};

export const suppliedSection: Section = ({ declaration: { form }, speak: { say } }) =>
  form.documents.length === 0
    ? []
    : [
        heading(say('supplied')),
        {
          kind: 'table',
          columns: [{ title: say('documents') }, { title: say('name') }, { title: 'SHA-256', share: 3 }],
          rows: form.documents.map(({ id, name, sha256 }) => [id, name, sha256]),
        },
      ];

export const decisionSection: Section = ({ declaration: { decision }, speak }) =>
  decision === null
    ? []
    : table(speak, 'decision', [
        ['reference', decision.reference],
        ['finished_on', decision.decidedOn],
        ['valid_until', decision.validUntil],
        ['evidence', decision.evidenceSha256],
      ]);

export const signatureSection: Section = ({ speak: { say } }) => [
  { kind: 'paragraph', text: `${say('signature')}: ______________________________` },
];
