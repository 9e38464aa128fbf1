export * from './document.js';
export { renderPdf } from './pdf.js';
