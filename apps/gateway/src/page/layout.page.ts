import { languages, type Language } from '@hetao/kernel';
import { html, type HtmlValue, type SafeHtml } from './html.js';
import { languageNames, pageWords } from './page.words.js';

/** One page of ours. */
export interface PageParts {
  readonly language: Language;
  readonly title: string;
  /** Path and query of this page without `lang`, for the language switch. */
  readonly path: string;
  readonly main: SafeHtml;
  readonly demo: boolean;
  /** Right end of the header: signing in or out. */
  readonly account?: SafeHtml;
  /** Style sheets and scripts under /assets/, beside those every page has. */
  readonly styles?: readonly string[];
  readonly scripts?: readonly string[];
  /** Narrow pages hold one form. */
  readonly narrow?: boolean;
}

/** The whole document. Scripts and styles come from files alone, so that the CSP needs no exception. */
export function document(parts: PageParts): string {
  const words = pageWords[parts.language];
  const page = html`<html lang="${parts.language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${parts.title} · ${words.brand}</title>
    <link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/assets/site.css">
    ${(parts.styles ?? []).map((name) => html`<link rel="stylesheet" href="/assets/${name}" />`)}
    <script src="/assets/site.js"></script>
    ${(parts.scripts ?? []).map((name) => html`<script src="/assets/${name}" defer></script>`)}
  </head>
  <body${parts.narrow === true ? html` class="narrow"` : ''}>
    <a class="skip" href="#main">${words.skip}</a>
    ${header(parts)}
    <main id="main" tabindex="-1">${parts.main}</main>
    <footer><p>${words.footer}</p></footer>
  </body>
</html>`;
  return `<!doctype html>\n${page.text}\n`;
}

function header(parts: PageParts): SafeHtml {
  const words = pageWords[parts.language];
  return html`<header class="top">
    <a class="brand" href="/?lang=${parts.language}"
      ><img src="/assets/icon.svg" alt="" width="28" height="28" />${words.brand}</a
    >
    ${parts.demo && html`<span class="tag demo">${words.demo}</span>`}
    <nav aria-label="${words.language}">${languages.map((language) => languageLink(parts, language))}</nav>
    <button type="button" class="quiet theme" data-theme-switch aria-label="${words.theme}" title="${words.theme}">
      <span aria-hidden="true">◐</span>
    </button>
    <a class="quiet" href="/docs">${words.api}</a>
    ${parts.account}
  </header>`;
}

function languageLink(parts: PageParts, language: Language): HtmlValue {
  const separator = parts.path.includes('?') ? '&' : '?';
  const { name, short } = languageNames[language];
  return html`<a
    class="quiet"
    lang="${language}"
    hreflang="${language}"
    title="${name}"
    ${language === parts.language ? html` aria-current="true"` : ''}
    href="${parts.path}${separator}lang=${language}"
    >${short}</a
  >`;
}
