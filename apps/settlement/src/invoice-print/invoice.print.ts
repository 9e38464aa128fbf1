import type { Block, PrintDocument, PrintLanguage } from '@hetao/documents';
import { parseMoney, type LocalizedText } from '@hetao/kernel';
import type { MoneyDto } from '@hetao/runtime';
import type { InvoiceDetailDto } from '../invoice/invoice.dto.js';
import { amountInChinese } from './chinese-amount.js';
import { invoiceWords, type InvoiceWords } from './invoice.words.js';

/** An invoice as it is printed. The same invoice in the same state gives the same document, in each language. */
export function printedInvoice(invoice: InvoiceDetailDto, language: PrintLanguage): PrintDocument {
  const words = invoiceWords[language];
  return {
    language,
    title: invoice.number === '' ? words.draft : `${words.title} ${invoice.number}`,
    subtitle: words.footer,
    facts: factsOf(invoice, words, language),
    blocks: blocksOf(invoice, words, language),
    footer: `${words.footer} · ${invoice.number === '' ? words.draft : invoice.number}`,
  };
}

function factsOf(invoice: InvoiceDetailDto, words: InvoiceWords, language: PrintLanguage): PrintDocument['facts'] {
  const named = (name: LocalizedText | null, id: string): string => (name === null ? id : name[language]);
  const facts: readonly (readonly [string, string | null])[] = [
    [words.seller, named(invoice.merchant_name, invoice.merchant_id)],
    [words.buyer, named(invoice.buyer_name, invoice.buyer_id)],
    [words.number, invoice.number],
    [words.period, invoice.period],
    [words.issued, invoice.issued_at?.slice(0, 10) ?? null],
    [words.due, invoice.due_date],
    [words.purchaseOrder, invoice.purchase_order],
    [words.status, words.statuses[invoice.status]],
  ];
  return facts.flatMap(([label, value]) => (value === null || value === '' ? [] : [{ label, value }]));
}

function blocksOf(invoice: InvoiceDetailDto, words: InvoiceWords, language: PrintLanguage): readonly Block[] {
  const { tax_terms: tax, rules } = invoice;
  const rate = `${tax.rate_bps / 100} %`;
  const [no, item, quantity, amount] = words.columns;
  const lines = invoice.lines.map((line) => [
    String(line.line_no),
    line.kind === 'tax' ? words.tax(rate, tax.jurisdiction) : itemOf(line.component_id, line.meter),
    line.quantity ?? '',
    shown(line.amount),
  ]);
  const noTax =
    tax.category === 'standard' ? undefined : words.noTax[tax.category === 'export' ? 'export' : 'reverse_charge'];
  return [
    {
      kind: 'table',
      columns: [
        { title: no, share: 0.6 },
        { title: item, share: 4 },
        { title: quantity, align: 'right', share: 2 },
        { title: amount, align: 'right', share: 2 },
      ],
      rows: lines,
    },
    {
      kind: 'table',
      columns: [
        { title: '', share: 6 },
        { title: '', align: 'right', share: 2 },
      ],
      rows: sumsOf(invoice, words),
    },
    ...(language === 'en' ? [] : [inWords(invoice.gross, words, language)]),
    ...(noTax === undefined ? [] : [{ kind: 'note' as const, text: noTax }]),
    ...(invoice.number === '' ? [] : [{ kind: 'paragraph' as const, text: words.reference(invoice.number) }]),
    { kind: 'note', text: words.notFapiao },
    { kind: 'note', text: `${words.rules}: ${rules.rating}, ${rules.tax}` },
    ...ratesOf(invoice, words),
  ];
}

function itemOf(componentId: string, meter: string | null): string {
  return meter === null ? componentId : `${componentId} (${meter})`;
}

function sumsOf(invoice: InvoiceDetailDto, words: InvoiceWords): readonly (readonly string[])[] {
  const rows: readonly (readonly [string, MoneyDto, boolean])[] = [
    [words.net, invoice.net, true],
    [words.gross, invoice.gross, true],
    [words.credited, invoice.credited, !isZero(invoice.credited)],
    [words.paid, invoice.paid, !isZero(invoice.paid)],
    [words.outstanding, invoice.outstanding, true],
  ];
  return rows.filter(([, , stands]) => stands).map(([label, amount]) => [label, shown(amount)]);
}

function inWords(gross: MoneyDto, words: InvoiceWords, language: 'zh-Hans' | 'zh-Hant'): Block {
  const amount = amountInChinese(parseMoney(gross.amount, gross.currency), language);
  return { kind: 'paragraph', text: `${words.inWords}：${amount}` };
}

function ratesOf({ exchange_rates: rates }: InvoiceDetailDto, words: InvoiceWords): readonly Block[] {
  if (rates.length === 0) return [];
  const items = rates.map(
    ({ snapshot_id, amount, functional }) => `${shown(amount)} = ${shown(functional)} (${snapshot_id})`,
  );
  return [{ kind: 'note', text: `${words.rates}: ${items.join('; ')}` }];
}

function shown({ amount, currency }: MoneyDto): string {
  return `${currency} ${amount}`;
}

function isZero({ amount }: MoneyDto): boolean {
  return Number(amount) === 0;
}
