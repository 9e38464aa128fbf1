/** Words of PromQL that stand where a metric could. */
const WORDS = new Set(['and', 'or', 'unless', 'offset', 'bool', 'group_left', 'group_right', 'inf', 'nan']);
const PAIRS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/**
 * The metrics that an expression of PromQL asks for, in order, each once a mention. It knows as much of the language as
 * that takes: labels, ranges, strings and groupings are left out, what is called is a function.
 *
 * @throws Error when brackets do not close
 */
export function metricsIn(expression: string): string[] {
  const plain = expression.replace(/"(\\.|[^"\\])*"/g, '').trim();
  assertClosed(plain, expression);
  const bare = plain
    .replace(/\{[^}]*\}/g, ' ')
    .replace(/\[[^\]]*\]/g, ' ')
    .replace(/\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, ' ')
    .replace(/\boffset\s+\w+/g, ' ');
  return [...bare.matchAll(/(?<![\w.])[a-zA-Z_:][\w:]*(?!\s*\()(?![\w:])/g)]
    .map(([name]) => name)
    .filter((name) => !WORDS.has(name.toLowerCase()));
}

function assertClosed(plain: string, expression: string): void {
  const open: string[] = [];
  for (const char of plain) {
    if ('([{'.includes(char)) open.push(char);
    else if (char in PAIRS && open.pop() !== PAIRS[char])
      throw new Error(`The brackets of "${expression}" do not match.`);
  }
  if (open.length > 0) throw new Error(`The brackets of "${expression}" do not close.`);
}
