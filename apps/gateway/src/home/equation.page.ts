import type { Language } from '@hetao/kernel';
import { html, type SafeHtml } from '../page/html.js';
import { grouped, moneyText } from './figures.js';
import { homeWords } from './home.language.words.js';
import type { Equation } from './trade.dto.js';
import type { Reading } from './trade.queries.js';

const TERMS = ['usage', 'rated', 'invoiced', 'split', 'settled'] as const;

/** The equation of the newest invoiced period, a row for each currency. */
export function equationSection(reading: Reading<Equation | undefined>, language: Language): SafeHtml {
  const words = homeWords[language];
  if (reading.state === 'closed') return html``;
  const equation = reading.state === 'read' ? reading.value : undefined;
  return html`<section class="panel equation" aria-labelledby="equation">
    <h2 id="equation">
      ${words.equationTitle(equation?.period ?? '…')} ${equation && verdict(equation.balanced, language)}
    </h2>
    <p class="muted">${words.equationIntro}</p>
    ${reading.state === 'away' && html`<p class="notice">${words.away('settlement')}</p>`}
    ${reading.state === 'read' && equation === undefined && html`<p class="muted empty">${words.emptyEquation}</p>`}
    ${equation && equationTable(equation, language)}
  </section>`;
}

function equationTable(equation: Equation, language: Language): SafeHtml {
  const words = homeWords[language];
  const rows = equation.currencies.map((one) => {
    const { merchants, channels, fee, tax } = one.settled;
    const text = (money: typeof fee) => moneyText(money, language);
    const parts = words.settledParts({
      merchants: text(merchants),
      channels: text(channels),
      fee: text(fee),
      tax: text(tax),
    });
    return html`<tr>
      <th scope="row">${one.currency}</th>
      ${TERMS.map((term, index) => {
        const before = TERMS[index - 1];
        // A figure that differs from its neighbour must not be shown behind an equals sign.
        const sign = before === undefined ? '' : one[before].amount.amount === one[term].amount.amount ? '=' : '≠';
        return html`<td class="number" ${term === 'settled' ? html` title="${parts}"` : ''}>
          ${sign !== '' && html`<span class="equals" aria-hidden="true">${sign}</span>`}${grouped(one[term].amount.amount, language)}
        </td>`;
      })}
      <td>${verdict(one.balanced, language)}</td>
    </tr>`;
  });
  return html`<div class="scroll" tabindex="0" role="region" aria-labelledby="equation">
    <table>
      <thead>
        <tr>
          <th scope="col">${words.currency}</th>
          ${TERMS.map((term) => html`<th scope="col" class="number">${words.terms[term]}</th>`)}
          <th scope="col">${words.state}</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function verdict(balanced: boolean, language: Language): SafeHtml {
  const words = homeWords[language];
  return balanced
    ? html`<span class="tag good"><span aria-hidden="true">✓</span> ${words.balanced}</span>`
    : html`<span class="tag warn"><span aria-hidden="true">≠</span> ${words.unbalanced}</span>`;
}
