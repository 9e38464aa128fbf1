import { assertPrintable, type Block, type PrintDocument, type PrintLanguage } from './document.js';
import { escapeXml } from './escape.js';

const TAGS: Readonly<Record<PrintLanguage, string>> = { en: 'en', 'zh-Hans': 'zh-Hans', 'zh-Hant': 'zh-Hant-HK' };

const STYLE = `
:root { color-scheme: light; }
body { font: 16px/1.6 system-ui, 'Noto Sans', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif;
  color: #1b1f24; background: #fff; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
:lang(zh-Hant) { font-family: system-ui, 'Noto Sans TC', 'PingFang HK', 'Microsoft JhengHei', sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.3; } h2 { font-size: 1.25rem; } h3 { font-size: 1.05rem; } h4 { font-size: 1rem; }
.subtitle, footer { color: #505862; }
dl { display: grid; grid-template-columns: minmax(8rem, 1fr) 2fr; gap: .25rem 1rem; }
dt { color: #505862; } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
th, td { border: 1px solid #9aa3ae; padding: .35rem .5rem; text-align: left; vertical-align: top; }
.right { text-align: right; font-variant-numeric: tabular-nums; }
.note { border-inline-start: 4px solid #9a6700; background: #fff8e5; padding: .5rem .75rem; }
.break { break-after: page; }
footer { border-top: 1px solid #9aa3ae; margin-top: 2rem; padding-top: .5rem; font-size: .85rem; }
@page { size: A4; margin: 20mm; }
@media print { body { margin: 0; max-width: none; font-size: 11pt; } tr, .note { break-inside: avoid; } thead { display: table-header-group; } }
`;

/**
 * Prints a document as one HTML page: no scripts, nothing loaded from anywhere, everything escaped, and a style for
 * paper. It can be served as it is.
 *
 * @throws DomainException PRINT_DOCUMENT_INVALID.
 */
export function renderHtml(document: PrintDocument): string {
  assertPrintable(document);
  const { language, title, subtitle, facts, blocks, footer } = document;
  const head = [
    `<h1>${lines(title)}</h1>`,
    subtitle === undefined ? '' : `<p class="subtitle">${lines(subtitle)}</p>`,
    facts.length === 0
      ? ''
      : `<dl>${facts.map(({ label, value }) => `<dt>${lines(label)}</dt><dd>${lines(value)}</dd>`).join('')}</dl>`,
  ];
  return (
    `<!doctype html>\n<html lang="${TAGS[language]}"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width, initial-scale=1">` +
    `<title>${escapeXml(title)}</title><style>${STYLE}</style></head>\n<body><main>` +
    `${[...head, ...blocks.map(blockOf)].join('\n')}</main>\n<footer>${lines(footer)}</footer></body></html>\n`
  );
}

function blockOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level + 1}>${lines(block.text)}</h${block.level + 1}>`;
    case 'paragraph':
      return `<p>${lines(block.text)}</p>`;
    case 'note':
      return `<p class="note">${lines(block.text)}</p>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${lines(item)}</li>`).join('')}</ul>`;
    case 'table':
      return tableOf(block);
    case 'page-break':
      return '<div class="break"></div>';
  }
}

function tableOf({ columns, rows }: Extract<Block, { kind: 'table' }>): string {
  const look = (at: number): string => (columns[at]?.align === 'right' ? ' class="right"' : '');
  const head = columns.map(({ title }, at) => `<th scope="col"${look(at)}>${lines(title)}</th>`).join('');
  const body = rows
    .map((row) => `<tr>${row.map((text, at) => `<td${look(at)}>${lines(text)}</td>`).join('')}</tr>`)
    .join('');
  return `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}

function lines(text: string): string {
  return escapeXml(text).replaceAll('\n', '<br>');
}
