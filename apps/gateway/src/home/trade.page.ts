import type { Language, LocalizedText } from '@hetao/kernel';
import { html, type HtmlValue, type SafeHtml } from '../page/html.js';
import { equationSection } from './equation.page.js';
import { countText, grouped, moneyText, shortId } from './figures.js';
import { homeWords } from './home.language.words.js';
import type { HomeWords, Kind } from './home.words.js';
import { rowsOf, type Latest, type Reading, type Trade } from './trade.queries.js';

/** Rows of one table; the rest is a GET away. */
const SHOWN = 6;

const KINDS: readonly { readonly kind: Kind; readonly service: string; readonly path: string }[] = [
  { kind: 'participants', service: 'catalog', path: '/v1/participants' },
  { kind: 'products', service: 'catalog', path: '/v1/products' },
  { kind: 'agreements', service: 'contracts', path: '/v1/agreements' },
  { kind: 'usage', service: 'metering', path: '/v1/usage/summary' },
  { kind: 'invoices', service: 'settlement', path: '/v1/invoices' },
  { kind: 'payouts', service: 'settlement', path: '/v1/payouts' },
];

interface View {
  readonly trade: Trade;
  readonly language: Language;
  readonly words: HomeWords;
  /** Name of an organisation or product by its id. */
  readonly nameOf: (id: string) => string;
}

/** The part of the first page that changes: drawn anew whenever the trade did. */
export function tradeFragment(trade: Trade, language: Language): SafeHtml {
  const words = homeWords[language];
  const view: View = { trade, language, words, nameOf: namesIn(trade, language) };
  return html`<section aria-label="${words.flow}">
      <ol class="flow">
        ${KINDS.map(({ kind }) => step(view, kind))}
      </ol>
    </section>
    ${equationSection(trade.equation, language)}
    <div class="tables">${KINDS.map((part) => table(view, part))}</div>`;
}

function step({ trade, language, words }: View, kind: Kind): SafeHtml {
  const reading = trade[kind];
  const figure = reading.state === 'read' ? stepFigure(trade, kind, language) : '–';
  return html`<li>
    <a href="#${kind}"
      ><span class="figure" data-figure="${kind}">${figure}</span
      ><span>${kind === 'usage' ? words.calls : words.kinds[kind]}</span></a
    >
  </li>`;
}

/** Usage is told by its calls, which the equation adds up over all agreements; everything else by how many there are. */
function stepFigure(trade: Trade, kind: Kind, language: Language): string {
  if (kind !== 'usage') return countOf(trade[kind], language);
  const meters = trade.equation.state === 'read' ? (trade.equation.value?.meters ?? []) : [];
  const calls = meters.find(({ meter }) => meter === 'calls');
  return calls === undefined ? countOf(trade.usage, language) : grouped(calls.usage, language);
}

function countOf(reading: Reading<Latest<unknown>>, language: Language): string {
  return reading.state === 'read' ? countText(reading.value.rows.length, reading.value.more, language) : '–';
}

function table(view: View, { kind, service, path }: (typeof KINDS)[number]): SafeHtml {
  const { words } = view;
  const { head, rows } = tableParts(view, kind);
  const { state } = view.trade[kind];
  return html`<section class="panel" aria-labelledby="${kind}">
    <h2 id="${kind}">${words.kinds[kind]}</h2>
    ${state === 'away' && html`<p class="notice">${words.away(service)}</p>`}
    ${state === 'closed' && html`<p class="muted">${words.closed}</p>`}
    ${state === 'read' && rows.length === 0 && html`<p class="muted empty">${words.empty[kind]}</p>`}
    ${
      rows.length > 0 &&
      html`<div class="scroll" tabindex="0" role="region" aria-labelledby="${kind}">
        <table>
          <thead>
            <tr>
              ${head.map(headCell)}
            </tr>
          </thead>
          <tbody>
            ${rows.slice(0, SHOWN)}
          </tbody>
        </table>
      </div>`
    }
    ${rows.length > SHOWN && html`<p class="muted small">${words.more(SHOWN, path)}</p>`}
  </section>`;
}

/** A column's heading; figures stand right under theirs. */
type Head = string | { readonly figures: string };

interface TableParts {
  readonly head: readonly Head[];
  readonly rows: readonly SafeHtml[];
}

function tableParts(view: View, kind: Kind): TableParts {
  const { trade, words, language, nameOf } = view;
  const { columns } = words;
  const status = (word: string) => html`<td>${tag(word, words)}</td>`;
  const head = (...names: (keyof typeof columns)[]) => names.map((name) => columns[name]);
  switch (kind) {
    case 'participants':
      return {
        head: head('name', 'place', 'roles', 'status'),
        rows: rowsOf(trade.participants).map((one) =>
          row(
            one.id,
            html`${named(one.name, language)}
              <td>${words.places[one.jurisdiction] ?? one.jurisdiction}</td>
              <td>${one.roles.map((role) => words.words[role] ?? role).join(', ')}</td>
              ${status(one.status)}`,
          ),
        ),
      };
    case 'products':
      return {
        head: head('name', 'merchant', 'kind', 'status'),
        rows: rowsOf(trade.products).map((one) =>
          row(
            one.id,
            html`${named(one.name, language)}
              <td>${nameOf(one.merchant_id)}</td>
              <td>${words.words[one.kind] ?? one.kind}</td>
              ${status(one.status)}`,
          ),
        ),
      };
    case 'agreements':
      return {
        head: head('product', 'merchant', 'buyer', 'until', 'status'),
        rows: rowsOf(trade.agreements).map((one) =>
          row(
            one.id,
            html`<th scope="row" title="${one.id}">${nameOf(one.product_id)}</th>
              <td>${nameOf(one.merchant_id)}</td>
              <td>${nameOf(one.buyer_id)}</td>
              <td>${day(one.effective_until)}</td>
              ${status(one.status)}`,
          ),
        ),
      };
    default:
      return moneyParts(view, kind);
  }
}

function moneyParts({ trade, words, language, nameOf }: View, kind: 'usage' | 'invoices' | 'payouts'): TableParts {
  const { columns } = words;
  const status = (word: string) => html`<td>${tag(word, words)}</td>`;
  const amount = (money: { amount: string; currency: string }) =>
    html`<td class="number">${moneyText(money, language)}</td>`;
  if (kind === 'usage') {
    const productOf = new Map(rowsOf(trade.agreements).map((one) => [one.id, one.product_id]));
    return {
      head: [columns.product, columns.period, { figures: words.kinds.usage }, columns.status],
      rows: rowsOf(trade.usage).map((one) =>
        row(
          one.agreement_id,
          html`<th scope="row" title="${one.agreement_id}">
              ${nameOf(productOf.get(one.agreement_id) ?? one.agreement_id)}
            </th>
            <td>${one.period}</td>
            <td class="number">
              ${one.totals.map(({ meter, quantity }) => html`<div>${grouped(quantity, language)} ${words.words[meter] ?? meter}</div>`)}
            </td>
            ${status(one.state)}`,
        ),
      ),
    };
  }
  if (kind === 'invoices') {
    return {
      head: [columns.number, columns.buyer, { figures: columns.gross }, columns.due, columns.status],
      rows: rowsOf(trade.invoices).map((one) =>
        row(
          one.id,
          html`<th scope="row" class="code" title="${one.id}">${one.number}</th>
            <td>${one.buyer_name?.[language] ?? nameOf(one.buyer_id)}</td>
            ${amount(one.gross)}
            <td>${day(one.due_date)}</td>
            ${status(one.status)}`,
        ),
      ),
    };
  }
  return {
    head: [columns.beneficiary, { figures: columns.amount }, columns.when, columns.status],
    rows: rowsOf(trade.payouts).map((one) =>
      row(
        one.id,
        html`<th scope="row" title="${one.id}">${nameOf(one.beneficiary_id)}</th>
          ${amount(one.amount)}
          <td>${day(one.instructed_at)}</td>
          ${status(one.status)}`,
      ),
    ),
  };
}

function headCell(head: Head): SafeHtml {
  return typeof head === 'string'
    ? html`<th scope="col">${head}</th>`
    : html`<th scope="col" class="number">${head.figures}</th>`;
}

function row(id: string, cells: HtmlValue): SafeHtml {
  return html`<tr data-id="${id}">
    ${cells}
  </tr>`;
}

function named(name: LocalizedText, language: Language): SafeHtml {
  return html`<th scope="row">${name[language]}</th>`;
}

/** A word, never colour alone; the colour follows the word's class. */
function tag(word: string, words: HomeWords): SafeHtml {
  return html`<span class="tag s-${word}">${words.words[word] ?? word}</span>`;
}

function day(instant: string): SafeHtml {
  return html`<time datetime="${instant}">${instant.slice(0, 10)}</time>`;
}

function namesIn(trade: Trade, language: Language): (id: string) => string {
  const named = [...rowsOf(trade.participants), ...rowsOf(trade.products)];
  const names = new Map(named.map(({ id, name }) => [id, name[language]]));
  return (id) => names.get(id) ?? shortId(id);
}
