import type { Language } from '@hetao/kernel';
import type { Account } from '../identity/account.js';
import { html, type SafeHtml } from '../page/html.js';
import { document } from '../page/layout.page.js';
import { pageWords } from '../page/page.words.js';
import { signInWords } from '../page/sign-in.words.js';
import { homeWords } from './home.language.words.js';

export interface HomePage {
  readonly language: Language;
  /** Where it was asked for. */
  readonly path: string;
  readonly demo: boolean;
  readonly account: SafeHtml;
  readonly signedIn: boolean;
  /** Undefined for visitors of a real exchange: they see no trade of anybody's. */
  readonly trade: { readonly fragment: SafeHtml; readonly tag: string } | undefined;
  /** What a demonstration offers to try. */
  readonly start: {
    readonly publicUrl: string;
    readonly apiKey: string | undefined;
    readonly people: readonly Account[];
  };
}

/** The first page: the trade as it runs, or a door for those who have to come in first. */
export function homePage(page: HomePage): string {
  const words = homeWords[page.language];
  const main = html`<div class="hero">
      <h1>${words.title}${page.trade !== undefined && html` <span class="tag live" id="live">${words.live}</span>`}</h1>
      <p class="lead">${words.lead}</p>
      <p class="notice" id="stale" role="status" hidden>${words.stale}</p>
      ${
        page.trade === undefined &&
        html`<p>${words.visitor}</p>
          <p><a class="button" href="/sign-in">${pageWords[page.language].signIn}</a></p>`
      }
    </div>
    ${page.trade !== undefined && html`<div id="trade" data-source="/home/trade?lang=${page.language}" data-tag="${page.trade.tag}">${page.trade.fragment}</div>`}
    ${page.demo && startSection(page)}`;
  return document({
    language: page.language,
    title: words.title,
    path: page.path,
    main,
    demo: page.demo,
    account: page.account,
    ...(page.trade !== undefined && { scripts: ['home.js'] }),
  });
}

function startSection({ language, signedIn, start }: HomePage): SafeHtml {
  const words = homeWords[language];
  const personas = signInWords[language].personas;
  const key = start.apiKey ?? 'hx_test_…';
  const curl = `curl -s '${start.publicUrl}/v1/products?limit=3' -H 'authorization: Bearer ${key}'`;
  return html`<section class="panel" aria-labelledby="start">
    <h2 id="start">${words.startTitle}</h2>
    <h3>${words.startCurl}</h3>
    <pre tabindex="0"><code>${curl}</code></pre>
    <h3>${words.startTrade}</h3>
    <pre tabindex="0"><code>npm run trade</code></pre>
    ${
      !signedIn &&
      start.people.length > 0 &&
      html`<h3>${words.startPeople}</h3>
        <ul class="people">
          ${start.people.map(
            (person) =>
              html`<li>
                <a class="person" href="/sign-in?lang=${language}">
                  <span class="tag ${person.personas[0] ?? ''}"
                    >${person.personas.map((persona) => personas[persona]).join(' · ')}</span
                  >
                  <strong>${person.displayName}</strong><span class="muted small">${person.email}</span></a
                >
              </li>`,
          )}
        </ul>`
    }
  </section>`;
}
