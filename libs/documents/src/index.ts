export * from './document.js';
export { renderPdf } from './pdf.js';
export { renderDocx } from './docx.js';
export { renderHtml } from './html.js';
