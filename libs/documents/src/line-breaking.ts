/** The width of a text in points. */
export type Measure = (text: string) => number;

// Scripts written without blanks: a line may break beside each character (UAX #14 class ID), except where the lists
// below forbid it. These ranges hold Han, kana, Hangul and full-width forms.
const WIDE = /[\u2E80-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFFEF\u{20000}-\u{3FFFF}]/u;
// Prohibition rules of CLREQ 3.1.3: these never begin a line, those never end one.
const NEVER_FIRST = /^[、。，．：；！？）〕］｝〉》」』】〗’”…—·％‰℃]/u;
const NEVER_LAST = /[（〔［｛〈《「『【〖‘“￥＄]$/u;
const TOKENS = /\s+|[^\s]/gu;

/** Splits a text into lines no wider than `width`; line feeds stay. A word wider than a line is cut. */
export function breakLines(text: string, width: number, measure: Measure): readonly string[] {
  return text.split('\n').flatMap((paragraph) => breakParagraph(paragraph, width, measure));
}

function breakParagraph(paragraph: string, width: number, measure: Measure): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const piece of unbreakablePieces(paragraph).flatMap((part) => cutToFit(part, width, measure))) {
    const pieceWidth = measure(piece);
    const hangs = piece.trimEnd() === '' || used + measure(piece.trimEnd()) <= width;
    if (line !== '' && !hangs) {
      lines.push(line.trimEnd());
      line = piece.trimStart();
      used = measure(line);
    } else {
      line += piece;
      used += pieceWidth;
    }
  }
  return [...lines, line.trimEnd()];
}

/** Words with the blanks after them, and single wide characters with the punctuation that sticks to them. */
function unbreakablePieces(paragraph: string): readonly string[] {
  const pieces: string[] = [];
  let open = '';
  for (const [token] of paragraph.matchAll(TOKENS)) {
    if (open !== '' && breaksBetween(open, token)) {
      pieces.push(open);
      open = '';
    }
    open += token;
  }
  return open === '' ? pieces : [...pieces, open];
}

function breaksBetween(before: string, token: string): boolean {
  if (/^\s/u.test(token)) return false;
  if (NEVER_FIRST.test(token) || NEVER_LAST.test(before)) return false;
  return /\s$/u.test(before) || WIDE.test(token) || WIDE.test(lastCharacter(before));
}

function lastCharacter(text: string): string {
  const last = text.codePointAt(text.length - 1);
  // The second half of a pair: characters beyond the first plane, all of which are wide here.
  return last !== undefined && last >= 0xdc00 && last <= 0xdfff ? text.slice(-2) : text.slice(-1);
}

/** Ids and hashes are words wider than a narrow column: they are cut where the line ends. */
function cutToFit(piece: string, width: number, measure: Measure): readonly string[] {
  if (measure(piece.trimEnd()) <= width) return [piece];
  const parts: string[] = [];
  let part = '';
  for (const character of piece) {
    if (part !== '' && measure(part + character) > width) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return [...parts, part];
}
