import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readFileFault } from '../src/features/merchant-listings/file-fault.rules.js';
import { openThings } from '../src/features/ops-reconciliation/close-check.rules.js';
import { readBooksAlarm, readLogAlarm } from '../src/features/ops-system/alarm.rules.js';
import { findingCodes, lawsOf, readFinding } from '../src/kit/listing-findings/finding.rules.js';
import type { Said } from '../src/kit/said.rules.js';
import { alarms } from '../src/locales/en/alarms.js';
import { closeCheck } from '../src/locales/en/close-check.js';
import { words as english } from '../src/locales/en/index.js';
import { listingFile } from '../src/locales/en/listing-file.js';
import { listingFindings } from '../src/locales/en/listing-findings.js';
import { faults } from '../src/locales/zh-Hans/problems/faults.js';

// A service is not imported by another, so its sentences are read from where it writes them, and filled as it fills them.
const source = (path: string) => readFileSync(join(import.meta.dirname, '../../..', path), 'utf8');

/** The text that begins so, with something in each of its places. @throws where nothing begins so any more. */
function sentence(from: string, beginning: string, places: Readonly<Record<string, string>> = {}): string {
  const [at] = ['`', "'"].map((quote) => from.indexOf(quote + beginning)).filter((index) => index >= 0);
  if (at === undefined) throw new Error(`Nothing says "${beginning}…" any more.`);
  return from
    .slice(at + 1, from.indexOf(from.charAt(at), at + 1))
    .replaceAll(/\$\{([^}]+)\}/g, (_all, place: string) => places[place] ?? '7')
    .replaceAll('%s', '7');
}

const codesIn = (text: string) => [
  ...new Set([...text.matchAll(/'([A-Z]+(?:_[A-Z]+)+)'/g)].map(([, code = '']) => code)),
];
const placesIn = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, place = '']) => place).sort();

/** What was read has a value for each place of its words, and no other. @returns the word */
function expectFilled(said: Said<string> | undefined, words: Readonly<Record<string, string>>): string {
  expect(said).toBeDefined();
  const { word = '', values = {} } = said ?? {};
  expect([word, Object.keys(values).sort()]).toEqual([word, placesIn(words[word] ?? '')]);
  return word;
}

describe('what the checks of a month’s close find open', () => {
  const checks = source('apps/settlement/src/period/close-checklist.ts');
  const arrival = source('apps/settlement/src/period/usage-arrival.ts');
  const counted = [...checks.matchAll(/sampled\('(\w+)',.*?open: '([^']+)'/gs)];
  const read = (code: string, detail: string) =>
    (openThings({ code, detail }) ?? [undefined]).map((said) => expectFilled(said, closeCheck));

  it('has a word for each check', () => {
    const known = [...checks.matchAll(/(?:sampled|item)\('(\w+)'/g)].map(([, code = '']) => code);
    expect(known).toContain('CLEARING_NOT_ZERO');
    expect(Object.keys(english.opsReconciliation.checks).sort()).toEqual(known.sort());
  });

  it('is told in sentences with its figures, and there is no word for anything else', () => {
    const usage = [
      sentence(arrival, 'metering has not said'),
      sentence(arrival, 'usage of ${expected}'),
      sentence(arrival, 'the terms of', { "waiting.slice(0, 10).join(', ')": 'agr_1, agr_2' }),
    ];
    const rates = sentence(checks, '${base}/${quote}', { base: 'HKD', quote: 'CNY', date: '2015-05-31' });
    const left = (kind: string) =>
      sentence(checks, '${kind} ${currency}', {
        kind,
        currency: 'CNY',
        'formatMoney(money(balanceMinor, currency))': '-0.05',
      });
    const kinds = [...source('apps/settlement/src/ledger/chart.ts').matchAll(/'(clearing:\w+)'/g)].map(
      ([, kind = '']) => kind,
    );
    const differs = sentence(checks, 'Σ ${left}', {
      left: 'usage',
      right: 'rated',
      currency: 'CNY',
      'formatMoney(money(amountMinor, currency))': '0.01',
    });
    const told = [
      ...counted.flatMap(([, code = '', open = '']) => read(code, `7 ${open}`)),
      ...read('PERIOD_NOT_OVER', sentence(checks, 'The period ends at', { ends: '2015-06-01T00:00:00.000Z' })),
      ...read('USAGE_INCOMPLETE', usage.join(' ')),
      ...read('RATES_MISSING', sentence(checks, 'Rates are missing: ', { "named.join(', ')": `${rates}, ${rates}` })),
      ...read(
        'CLEARING_NOT_ZERO',
        sentence(checks, 'Left on the clearing', { "balances.join(', ')": [...new Set(kinds)].map(left).join(', ') }),
      ),
      ...read(
        'EQUATION_BROKEN',
        sentence(checks, "${faults.join('; ')}", { "faults.join('; ')": `${differs}; ${differs}` }),
      ),
    ];
    expect([...new Set(told)].sort()).toEqual(Object.keys(closeCheck).sort());
  });
});

describe('an alarm', () => {
  const ledger = source('apps/settlement/src/audit/ledger-checks.queries.ts');
  const months = source('apps/settlement/src/audit/closed-months.queries.ts');
  const chain = source('apps/settlement/src/audit/chain-check.queries.ts');
  const follow = source('libs/proofs/src/follow.ts');
  const checkpoint = source('libs/proofs/src/checkpoint.ts');
  const watch = source('apps/attestation/src/node/watch-peer.use-cases.ts');

  it('of the books is called by its code', () => {
    expect(Object.keys(alarms.title).sort()).toEqual(codesIn(ledger + months + chain).sort());
  });

  it('is told in sentences with its figures, and there is no word for anything else', () => {
    const compared = [...ledger.matchAll(/'([a-z ]+ says?)',/g)].map(([, what = '']) => what);
    const books: [string, string][] = [
      ['acc_1', sentence(ledger, 'balance %s at')],
      ['acc_1', sentence(ledger, 'held %s / %s')],
      ['CNY', sentence(ledger, 'all entries add up')],
      ['ltx_1', sentence(ledger, 'its legs in %s').replace('in 7', 'in CNY')],
      ...compared.map((what): [string, string] => ['org_1 CNY', sentence(ledger, 'the ledger says', { what })]),
      ['2015-05', sentence(months, 'it is closed', { currencies: 'CNY, HKD' })],
      ['2015-05', sentence(months, 'it is counted')],
      [sentence(chain, 'sequence $'), sentence(chain, 'it is missing')],
      [sentence(chain, 'sequence $'), sentence(chain, 'transaction ${row.')],
      [sentence(chain, 'segment $'), sentence(chain, 'it is not what was')],
    ];
    const root = 'a'.repeat(64);
    const roots = { 'seen.root': root, 'checkpoint.root': root, root };
    const unsigned = sentence(checkpoint, 'The signature of');
    const log = [
      sentence(checkpoint, 'This is not a signed'),
      sentence(checkpoint, 'No trusted key'),
      sentence(watch, 'What it says it saw', { 'opened.error.detail': unsigned }),
      sentence(checkpoint, '${names} of'),
      ...['The log calls', 'The log had', 'Two roots', 'The ${checkpoint.size} leaves'].map((beginning) =>
        sentence(follow, beginning, roots),
      ),
      sentence(watch, 'Our key signed', roots),
    ];
    expect(compared).toHaveLength(4);
    const told = [
      ...books.map(([subject, detail]) => readBooksAlarm({ subject, detail })?.said),
      ...log.flatMap((detail): readonly (Said<string> | undefined)[] => readLogAlarm({ detail }) ?? [undefined]),
    ].map((said) => expectFilled(said, alarms.said));
    expect([...new Set(told)].sort()).toEqual(Object.keys(alarms.said).sort());
  });
});

describe('a finding of the checks on listings', () => {
  const card = source('apps/catalog/src/review/card-checks.ts');
  const checks = source('apps/catalog/src/review/listing-checks.ts');
  const codes = codesIn(card + checks);

  it('is known by its code, also where it holds a listing up', () => {
    expect(codes).toContain('QUALITY_INCOMPLETE');
    expect([...findingCodes].sort()).toEqual([...codes].sort());
    const stops = codes.filter((code) => !(code in faults));
    expect(stops.sort()).toEqual(['CORE_DATA', 'GENE_SALE', 'TEXT_STATUS_MISSING']);
  });

  it('is told in sentences with what stands in them, and there is no word for anything else', () => {
    const day = '2015-05-31';
    const days = { merchantCertificateUntil: day, validUntil: day, 'certificate.validUntil': day };
    const expired = (until: string) => sentence(card, 'The paper does not hold', { until });
    const told: [string, string][] = [
      ['MERCHANT_CERTIFICATE_INVALID', sentence(card, 'The merchant holds')],
      ['MERCHANT_CERTIFICATE_INVALID', sentence(card, "The merchant's certificate", days)],
      ['UPSTREAM_RIGHT_EXPIRED', sentence(card, 'The right to', days)],
      ['DOCUMENT_MISSING', sentence(card, 'A paper of kind')],
      ['DOCUMENT_ISSUER_UNKNOWN', sentence(card, '${document.issuer} is no')],
      ['DOCUMENT_EXPIRED', expired(day)],
      ['DOCUMENT_EXPIRED', expired(sentence(card, 'the day it is issued'))],
      ['REGISTRATION_EXPIRED', sentence(card, 'The registration ended', days)],
      ['GENE_SALE', sentence(checks, 'Human genetic resources') + sentence(checks, 'cost is no sale')],
      ['CORE_DATA', sentence(checks, 'Core data')],
      ['LANGUAGE_MISSING', sentence(checks, 'The texts in')],
      ['LANGUAGE_MISSING', sentence(checks, 'There is no Chinese')],
      ['SECTION_MISSING', sentence(checks, 'The section')],
      ['SECTION_MISSING', sentence(checks, 'Say how a buyer')],
      ['SECTION_MISSING', sentence(checks, 'A compute session')],
      ['QUALITY_INCOMPLETE', sentence(checks, 'Not assessed', { "missing.join(', ')": 'accuracy, consistency' })],
      ...codes.flatMap((code): [string, string][] => (readFinding({ code, detail: '' }) ? [[code, '']] : [])),
    ];
    const known = told.map(([code, detail]) => expectFilled(readFinding({ code, detail }), listingFindings.said));
    expect([...new Set(known)].sort()).toEqual(Object.keys(listingFindings.said).sort());
    expect([...new Set(told.map(([code]) => code))].sort()).toEqual([...codes].sort());
  });

  it('has words for each section and each law', () => {
    const [, sections = ''] = /const sections = \[([^\]]+)\]/.exec(checks) ?? [];
    expect(Object.keys(listingFindings.section)).toEqual([...sections.matchAll(/'(\w+)'/g)].map(([, name]) => name));
    const papers = source('apps/catalog/src/review/required-papers.ts');
    const cited = [...(card + checks + papers).matchAll(/'((?:Data Sec|PIPL|Regul|Measures|NDA|GB\/T)[^']*)'/g)];
    const laws = cited.flatMap(([, article = '']) => lawsOf(article)).map(({ name, text }) => [name, text] as const);
    expect(listingFindings.law).toEqual(Object.fromEntries(laws));
  });
});

it('what the catalog itself says of a listing.yaml is told in words', () => {
  const files = [
    'product/product.dto.ts',
    'card/product-card.dto.ts',
    'listing-file/listing-file.format.ts',
    'shared/markdown.text.ts',
  ];
  const [product = '', card = '', file = '', markdown = ''] = files.map((path) => source(`apps/catalog/src/${path}`));
  const shared = source('libs/runtime/src/http/text.ts') + source('libs/runtime/src/http/ids.ts');
  const demands = [...(product + card + shared).matchAll(/([`'])must (.+?)\1[,)\s]/g)].map(
    ([, , rest = '']) => `must ${rest}`,
  );
  const at = { at: 'line 3, column 4' };
  const told = [
    // A file is a whole listing: a change that changes nothing is none of its faults.
    ...demands
      .filter((demand) => demand !== 'must change at least one field')
      .map((demand) => sentence(`'${demand}'`, 'must')),
    ...['More than ${MAX', 'A listing file is', 'Aliases are', 'goes together'].map((beginning) =>
      sentence(file, beginning),
    ),
    ...['contains HTML', 'leads to'].map((beginning) => sentence(markdown, beginning, at)),
  ];
  expect(told.length).toBeGreaterThan(15);
  for (const own of told) {
    expectFilled(readFileFault(`line 1, column 2: ${own}`)?.said, listingFile.said);
  }
});
