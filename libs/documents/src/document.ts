import { defineErrors, DomainException, type ErrorOf } from '@hetao/kernel';

/** Languages a document is printed in. */
export type PrintLanguage = 'en' | 'zh-Hans' | 'zh-Hant';

/** One column of a table. */
export interface PrintColumn {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Width as a part of the sum of all shares; 1 when not given. */
  readonly share?: number;
}

/** One part of a document, from top to bottom. Texts may hold line feeds; other control characters are left out. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'note'; readonly text: string }
  | {
      readonly kind: 'table';
      readonly columns: readonly PrintColumn[];
      /** One text per column in each row. */
      readonly rows: readonly (readonly string[])[];
    }
  | { readonly kind: 'page-break' };

/**
 * A document as data: what stands in it, not how it looks. Every renderer prints the same content; the same document
 * always gives the same bytes, so that a hash of the print stands for it.
 */
export interface PrintDocument {
  readonly language: PrintLanguage;
  readonly title: string;
  readonly subtitle?: string;
  /** Labelled values under the title: numbers, dates, parties. */
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly blocks: readonly Block[];
  /** At the foot of every page. */
  readonly footer: string;
}

/** What cannot be printed. */
export const documentErrors = defineErrors({
  PRINT_DOCUMENT_INVALID: {
    kind: 'unprocessable',
    title: 'The document cannot be printed',
    fix: 'Give the document a title, tables as many cells in each row as columns, and stay within the limits named.',
  },
});

export type DocumentError = ErrorOf<typeof documentErrors>;

/** Above any document of this exchange: a print that grows beyond it is a mistake. */
export const documentLimits = { characters: 5_000_000, blocks: 5_000, columns: 12, rows: 20_000 } as const;

/**
 * Refuses what no renderer could print well. Every renderer calls it first.
 *
 * @throws DomainException PRINT_DOCUMENT_INVALID with the place of the fault.
 */
export function assertPrintable(document: PrintDocument): void {
  if (document.title.trim() === '') throw invalid('/title', 'a document needs a title');
  if (document.blocks.length > documentLimits.blocks) {
    throw invalid('/blocks', `${document.blocks.length} blocks, at most ${documentLimits.blocks}`);
  }
  let characters = 0;
  document.blocks.forEach((block, index) => {
    const pointer = `/blocks/${index}`;
    if (block.kind === 'table') assertTable(block, pointer);
    for (const text of textsOf(block)) characters += text.length;
  });
  if (characters > documentLimits.characters) {
    throw invalid('/blocks', `${characters} characters, at most ${documentLimits.characters}`);
  }
}

/** Every text of a block, in reading order. */
export function textsOf(block: Block): readonly string[] {
  switch (block.kind) {
    case 'list':
      return block.items;
    case 'table':
      return [...block.columns.map(({ title }) => title), ...block.rows.flat()];
    case 'page-break':
      return [];
    default:
      return [block.text];
  }
}

function assertTable({ columns, rows }: Extract<Block, { kind: 'table' }>, pointer: string): void {
  if (columns.length === 0 || columns.length > documentLimits.columns) {
    throw invalid(`${pointer}/columns`, `${columns.length} columns, not 1 to ${documentLimits.columns}`);
  }
  if (rows.length > documentLimits.rows) {
    throw invalid(`${pointer}/rows`, `${rows.length} rows, at most ${documentLimits.rows}`);
  }
  const badShare = columns.findIndex(({ share = 1 }) => !Number.isFinite(share) || share <= 0);
  if (badShare >= 0) throw invalid(`${pointer}/columns/${badShare}/share`, 'a share is a number above zero');
  const uneven = rows.findIndex((row) => row.length !== columns.length);
  if (uneven >= 0) {
    throw invalid(
      `${pointer}/rows/${uneven}`,
      `${rows[uneven]?.length ?? 0} cells in a table of ${columns.length} columns`,
    );
  }
}

function invalid(pointer: string, reason: string): DomainException {
  return new DomainException(documentErrors.PRINT_DOCUMENT_INVALID(`${pointer}: ${reason}.`, { pointer }));
}
