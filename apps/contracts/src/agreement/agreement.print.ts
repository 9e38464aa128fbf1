import type { Block, PrintDocument } from '@hetao/documents';
import { languages, type Language } from '@hetao/kernel';
import { describePolicy, placeName } from '@hetao/rules';
import { readAgreementDocument, type ReadDocument } from './agreement-reading.js';
import { agreementWords, type AgreementWords } from './agreement.words.js';
import type { AgreementEvidence } from './agreement-evidence.queries.js';

type Component = ReadDocument['plan']['components'][number];

/**
 * An agreement as it is printed: in every language of the exchange, the one that prevails first and named in each. The
 * print is made from the document that was signed and from nothing else; the same state gives the same print.
 */
export function printedAgreement(evidence: AgreementEvidence): PrintDocument {
  const read = readAgreementDocument(evidence.document);
  const { prevailing } = read;
  const order = [prevailing, ...languages.filter((language) => language !== prevailing)];
  const words = agreementWords[prevailing];
  return {
    language: prevailing,
    title: order.map((language) => agreementWords[language].title).join(' / '),
    subtitle: read.agreementId,
    facts: [
      { label: words.hash, value: evidence.documentHash },
      { label: words.language, value: words.prevails },
    ],
    blocks: order.flatMap((language, index) => [
      ...(index === 0 ? [] : [{ kind: 'page-break' } as const]),
      ...sectionOf(read, evidence, language),
    ]),
    footer: `${read.agreementId} · SHA-256 ${evidence.documentHash}`,
  };
}

function sectionOf(read: ReadDocument, evidence: AgreementEvidence, language: Language): readonly Block[] {
  const words = agreementWords[language];
  const status =
    language === read.prevailing ? words.prevails : words.translation(agreementWords[read.prevailing].language);
  return [
    { kind: 'heading', level: 1, text: `${words.title} · ${words.language}` },
    { kind: 'note', text: status },
    factsTable(read, words, language),
    { kind: 'heading', level: 2, text: words.policy },
    { kind: 'list', items: describePolicy(read.odrl).map(({ text }) => text[language]) },
    { kind: 'heading', level: 2, text: `${words.price} (${read.plan.currency})` },
    priceTable(read, words),
    { kind: 'list', items: moneyTerms(read, words, language) },
    { kind: 'heading', level: 2, text: words.further },
    { kind: 'list', items: furtherTerms(read, words, language) },
    { kind: 'heading', level: 2, text: words.signatures },
    { kind: 'list', items: signatureLines(evidence, words) },
    { kind: 'note', text: words.canonical },
  ];
}

function factsTable(read: ReadDocument, words: AgreementWords, language: Language): Block {
  const { merchant, buyer } = read.parties;
  const named = ({ id, name, jurisdiction }: typeof merchant) =>
    `${name[language]} (${id}, ${placeName(jurisdiction)[language]})`;
  const rows: readonly (readonly [string, string | null])[] = [
    [words.merchant, named(merchant)],
    [words.buyer, named(buyer)],
    [words.channel, read.channelPartnerId],
    [words.productLabel, words.product(read.product.id, read.product.version)],
    [words.schemaHash, read.product.schemaHash],
    [words.purpose, read.terms.purpose],
    [words.place, placeName(read.terms.place_of_use)[language]],
    [words.term, words.termValue(read.terms.effective_from, read.terms.effective_until)],
    [words.timeZone, read.timeZone],
  ];
  return {
    kind: 'table',
    columns: [
      { title: '', share: 2 },
      { title: '', share: 5 },
    ],
    rows: rows.flatMap(([label, value]) => (value === null ? [] : [[label, value]])),
  };
}

function priceTable({ plan }: ReadDocument, words: AgreementWords): Block {
  const [item, meter, price] = words.priceColumns;
  return {
    kind: 'table',
    columns: [
      { title: item, share: 2 },
      { title: meter, share: 2 },
      { title: price, share: 4 },
    ],
    rows: plan.components.map((component) => [
      `${words.kinds[component.kind] ?? component.kind} (${component.id})`,
      'meter' in component ? component.meter : '',
      priceOf(component, words),
    ]),
  };
}

function priceOf(component: Component, words: AgreementWords): string {
  switch (component.kind) {
    case 'flat':
    case 'minimum':
      return words.perPeriod(component.amount);
    case 'per_unit':
      return words.perUnits(component.unit_price, component.per);
    case 'tiered': {
      const tiers = component.tiers.map((tier) =>
        words.upTo(tier.up_to, words.perUnits(tier.unit_price, component.per)),
      );
      return `${component.mode}\n${tiers.join('\n')}`;
    }
    case 'package':
      return words.packaged(component.price, component.size, component.included);
    case 'prepaid':
      return words.prepaid(component.price, component.credit, component.valid_periods);
  }
}

function moneyTerms({ plan }: ReadDocument, words: AgreementWords, language: Language): readonly string[] {
  const place = (code: string) => placeName(code)[language];
  const common = [
    words.fee(percent(plan.fee.exchange_bps), percent(plan.fee.channel_bps)),
    words.tax(percent(plan.tax.rate_bps), place(plan.tax.jurisdiction)),
  ];
  if (!('version' in plan)) return common;
  const { trial, parties, withholding } = plan;
  return [
    ...common,
    ...(trial === null ? [] : [words.trial(trial.periods)]),
    ...parties.map(({ participant_id, bps }) => words.share(participant_id, percent(bps))),
    ...(withholding === null
      ? []
      : [words.withholding(percent(withholding.rate_bps), place(withholding.jurisdiction))]),
  ];
}

function furtherTerms(read: ReadDocument, words: AgreementWords, language: Language): readonly string[] {
  const { quota, noticeDays, renewal, release, supersedes } = read;
  const place = (code: string) => placeName(code)[language];
  return [
    ...(quota === null ? [] : [words.quota(quota.limit, quota.meter)]),
    ...(noticeDays === null ? [] : [words.notice(noticeDays)]),
    ...(renewal === null ? [] : [words.renewal(renewal.months, renewal.times)]),
    release === null ? words.noBorder : words.release(place(release.origin), place(release.destination)),
    ...(supersedes === null ? [] : [words.supersedes(supersedes.agreement_id, supersedes.kind)]),
  ];
}

function signatureLines({ consents, signatures }: AgreementEvidence, words: AgreementWords): readonly string[] {
  const named = { merchant: words.merchant, buyer: words.buyer };
  const lines = [
    ...consents.map(({ party, displayName, signedAt }) =>
      words.consent(named[party], displayName, signedAt.toISOString()),
    ),
    ...signatures.map(({ party, kid, signedAt }) => words.keySigned(named[party], kid, signedAt.toISOString())),
  ];
  return lines.length === 0 ? [words.unsigned] : lines;
}

function percent(basisPoints: number): string {
  return `${basisPoints / 100} %`;
}
