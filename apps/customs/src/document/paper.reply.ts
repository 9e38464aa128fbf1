import { StreamableFile } from '@nestjs/common';
import { renderDocx, renderHtml, renderPdf, type PrintDocument } from '@hetao/documents';
import { languages } from '@hetao/kernel';
import { z } from 'zod';

/** Formats papers come in; the answer's media type follows. */
export const paperFormats = ['html', 'pdf', 'docx'] as const;
export type PaperFormat = (typeof paperFormats)[number];

const MEDIA_TYPES: Readonly<Record<PaperFormat, string>> = {
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};
/** A printed page loads nothing and runs nothing, whoever shows it. */
export const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

export const languageQuery = z.object({ language: z.enum(languages).default('en') });
export type LanguageQuery = z.output<typeof languageQuery>;

/** `self-assessment.docx` → its two parts; null when it is no file this exchange prints. */
export function paperFile(name: string): { readonly kind: string; readonly format: PaperFormat } | null {
  const match = /^([a-z-]{1,40})\.([a-z]{3,4})$/.exec(name);
  const format = paperFormats.find((each) => each === match?.[2]);
  return match === null || format === undefined ? null : { kind: match[1] ?? '', format };
}

/** Renders a paper as the answer to a request. */
export async function sendPaper(
  document: PrintDocument,
  { kind, format }: { readonly kind: string; readonly format: PaperFormat },
): Promise<StreamableFile> {
  const renderers = {
    html: () => Promise.resolve(Buffer.from(renderHtml(document))),
    pdf: () => renderPdf(document),
    docx: () => renderDocx(document),
  };
  const bytes = await renderers[format]();
  const disposition = format === 'html' ? 'inline' : `attachment; filename="${kind}.${format}"`;
  return new StreamableFile(bytes, { type: MEDIA_TYPES[format], disposition, length: bytes.byteLength });
}
