// XML 1.0 allows no other control characters than these, not even escaped; lone surrogates are no characters at all.
const UNPRINTABLE = /[^\P{Cc}\t\n\r]|\p{Cs}/gu;
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as content or attribute of XML and HTML; characters neither can hold are left out. */
export function escapeXml(text: string): string {
  return text.replaceAll(UNPRINTABLE, '').replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
