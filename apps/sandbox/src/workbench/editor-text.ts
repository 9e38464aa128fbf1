/** A place in a text: between two characters of a line. */
export interface TextPlace {
  readonly line: number;
  /** In UTF-16 units, never inside of a pair. */
  readonly column: number;
}

/** Text that is being written, where its caret is, and from where it is selected. */
export interface EditorText {
  readonly lines: readonly string[];
  readonly caret: TextPlace;
  readonly anchor: TextPlace;
  /** Texts before, the latest last. */
  readonly past: readonly Pick<EditorText, 'lines' | 'caret'>[];
}

export type Movement = 'left' | 'right' | 'up' | 'down' | 'lineStart' | 'lineEnd' | 'start' | 'end';

export const editorLimits = { lines: 400, characters: 20_000, undo: 100 } as const;
const ORIGIN: TextPlace = { line: 0, column: 0 };

export function editorText(text = ''): EditorText {
  const lines = text.split(/\r?\n/).slice(0, editorLimits.lines);
  return { lines, caret: ORIGIN, anchor: ORIGIN, past: [] };
}

export function textOf({ lines }: EditorText): string {
  return lines.join('\n');
}

/** Puts text in place of what is selected. Control characters are left out; what is too much for the editor is refused. */
export function insert(editor: EditorText, text: string): EditorText {
  const clean = text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/\t/g, '  ');
  const { before, after, first, last } = cut(editor);
  const added = `${before}${clean}${after}`.split('\n');
  const lines = [...editor.lines.slice(0, first.line), ...added, ...editor.lines.slice(last.line + 1)];
  if (lines.length > editorLimits.lines) return editor;
  if (lines.reduce((sum, line) => sum + line.length + 1, 0) > editorLimits.characters) return editor;
  const line = first.line + added.length - 1;
  return changed(editor, lines, { line, column: (added.at(-1) ?? '').length - after.length });
}

/** Takes away what is selected, or else the character before or behind the caret. */
export function remove(editor: EditorText, direction: 'left' | 'right'): EditorText {
  if (!isSelected(editor)) {
    const caret = moved(editor, direction);
    if (isSame(caret, editor.caret)) return editor;
    return insert({ ...editor, anchor: caret }, '');
  }
  return insert(editor, '');
}

/** Moves the caret; `selecting` leaves the other end of the selection where it is. */
export function move(editor: EditorText, movement: Movement, selecting = false): EditorText {
  const caret = moved(editor, movement);
  return { ...editor, caret, anchor: selecting ? editor.anchor : caret };
}

/** Puts the caret to the nearest place there is. */
export function place(editor: EditorText, { line, column }: TextPlace, selecting = false): EditorText {
  const onLine = Math.max(0, Math.min(line, editor.lines.length - 1));
  const caret = { line: onLine, column: whole(editor.lines[onLine] ?? '', column) };
  return { ...editor, caret, anchor: selecting ? editor.anchor : caret };
}

export function selectAll(editor: EditorText): EditorText {
  return { ...editor, anchor: ORIGIN, caret: moved(editor, 'end') };
}

export function undo(editor: EditorText): EditorText {
  const before = editor.past.at(-1);
  if (before === undefined) return editor;
  return { ...before, anchor: before.caret, past: editor.past.slice(0, -1) };
}

export function isSelected({ caret, anchor }: EditorText): boolean {
  return !isSame(caret, anchor);
}

/** The two ends of what is selected, in the order of the text. */
export function selection({ caret, anchor }: EditorText): readonly [TextPlace, TextPlace] {
  const forward = anchor.line < caret.line || (anchor.line === caret.line && anchor.column <= caret.column);
  return forward ? [anchor, caret] : [caret, anchor];
}

function cut(editor: EditorText) {
  const [first, last] = selection(editor);
  const before = (editor.lines[first.line] ?? '').slice(0, first.column);
  const after = (editor.lines[last.line] ?? '').slice(last.column);
  return { before, after, first, last };
}

function changed(editor: EditorText, lines: readonly string[], caret: TextPlace): EditorText {
  const past = [...editor.past, { lines: editor.lines, caret: editor.caret }].slice(-editorLimits.undo);
  return { lines, caret, anchor: caret, past };
}

function moved({ lines, caret: { line, column } }: EditorText, movement: Movement): TextPlace {
  const here = lines[line] ?? '';
  const last = lines.length - 1;
  switch (movement) {
    case 'left':
      if (column > 0) return { line, column: whole(here, column - 1) };
      return line > 0 ? { line: line - 1, column: (lines[line - 1] ?? '').length } : { line, column };
    case 'right':
      if (column < here.length) return { line, column: column + (isPair(here, column) ? 2 : 1) };
      return line < last ? { line: line + 1, column: 0 } : { line, column };
    case 'up':
      return line > 0 ? { line: line - 1, column: whole(lines[line - 1] ?? '', column) } : ORIGIN;
    case 'down':
      if (line < last) return { line: line + 1, column: whole(lines[line + 1] ?? '', column) };
      return { line, column: here.length };
    case 'lineStart':
      return { line, column: 0 };
    case 'lineEnd':
      return { line, column: here.length };
    case 'start':
      return ORIGIN;
    case 'end':
      return { line: last, column: (lines[last] ?? '').length };
  }
}

/** A column of this line that does not divide a character. */
function whole(line: string, column: number): number {
  const within = Math.max(0, Math.min(column, line.length));
  return within > 0 && isPair(line, within - 1) ? within - 1 : within;
}

function isPair(line: string, at: number): boolean {
  return (line.codePointAt(at) ?? 0) > 0xffff;
}

function isSame(a: TextPlace, b: TextPlace): boolean {
  return a.line === b.line && a.column === b.column;
}
