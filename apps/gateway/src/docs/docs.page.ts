import type { ErrorSpec, Language } from '@hetao/kernel';
import { html, type SafeHtml } from '../page/html.js';
import { document } from '../page/layout.page.js';
import { docsWords } from './docs.words.js';

export interface DocsPage {
  readonly language: Language;
  readonly demo: boolean;
  readonly account: SafeHtml;
}

export interface ReferencePage extends DocsPage {
  /** Where the reader reaches this exchange. */
  readonly publicUrl: string;
}

/** What a reader pastes first: where, who, what. */
function quickStart(publicUrl: string): string {
  return [
    `export HETAO_URL=${publicUrl} HETAO_API_KEY=hx_test_…`,
    'curl -s "$HETAO_URL/v1/products?limit=3" -H "authorization: Bearer $HETAO_API_KEY"',
    'npx hetao product search 物流',
  ].join('\n');
}

/** The reference: Swagger UI over our own document, from files of this machine. */
export function docsPage({ language, demo, account, publicUrl }: ReferencePage): string {
  const words = docsWords[language];
  const main = html`<h1>${words.title}</h1>
    <p class="muted">
      ${words.intro} <a href="/openapi.json">${words.download}</a> · <a href="/docs/events">${words.events}</a>
    </p>
    <section class="card">
      <h2>${words.quickStart}</h2>
      <p>${words.quickStartKey}</p>
      <pre><code>${quickStart(publicUrl)}</code></pre>
    </section>
    <noscript
      ><p class="error">${words.noScript} <a href="/openapi.json">/openapi.json</a></p></noscript
    >
    <div id="reference"></div>`;
  return document({
    language,
    title: words.title,
    path: '/docs',
    main,
    demo,
    account,
    styles: ['swagger-ui.css', 'docs.css'],
    scripts: ['swagger-ui-bundle.js', 'docs.js'],
  });
}

export interface ProblemPage extends DocsPage {
  readonly code: string;
  /** Undefined for the codes of services that run elsewhere. */
  readonly spec: ErrorSpec | undefined;
  readonly status: number | undefined;
}

/** The page that the `type` of a problem leads to. */
export function problemPage({ language, demo, account, code, spec, status }: ProblemPage): string {
  const words = docsWords[language];
  const main = html`<section class="card">
    <h1><code>${code}</code></h1>
    ${
      spec === undefined
        ? html`<p>${words.problemUnknown}</p>`
        : html`<p lang="en"><strong>${spec.title}</strong></p>
            <h2>${words.problemFix}</h2>
            <p lang="en">${spec.fix}</p>
            <p class="muted">${words.problemStatus}: ${status}</p>`
    }
    <p><a href="/docs">${words.back}</a></p>
  </section>`;
  const path = `/problems/${code.toLowerCase().replaceAll('_', '-')}`;
  return document({ language, title: words.problemTitle(code), path, main, demo, account, narrow: true });
}
