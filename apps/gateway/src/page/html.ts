/** Markup that is safe to put into a page as it is. Made by the {@link html} tag alone. */
export class SafeHtml {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/** What may stand in a template: text (escaped), markup (kept), lists of these, and nothing. */
export type HtmlValue = string | number | bigint | SafeHtml | readonly HtmlValue[] | false | null | undefined;

/**
 * Makes markup. Every value is escaped for text and quoted attributes alike; there is no way to put raw text in, so a
 * merchant's name can never become a script. Attribute values must stand in double quotes.
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): SafeHtml {
  const parts = strings.map((text, index) => text + (index < values.length ? write(values[index]) : ''));
  return new SafeHtml(parts.join(''));
}

function write(value: HtmlValue): string {
  if (value === false || value === null || value === undefined) return '';
  if (value instanceof SafeHtml) return value.text;
  if (typeof value === 'object') return value.map(write).join('');
  return String(value).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}
