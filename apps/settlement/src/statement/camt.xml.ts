import { DomainException } from '@hetao/kernel';
import { SaxesParser, type SaxesTagNS } from 'saxes';
import { statementErrors } from './statement.errors.js';
import { at, located, type Place } from './statement.js';

/** An element with its local name: banks differ in prefixes, the meaning does not. */
export interface XmlElement {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Its own text, trimmed. */
  readonly text: string;
  readonly place: Place;
}

interface OpenElement extends XmlElement {
  readonly children: XmlElement[];
  text: string;
  readonly counts: Map<string, number>;
}

/** No camt message nests deeper than about 20. */
const MAX_DEPTH = 40;
const MAX_ELEMENTS = 500_000;
const DECLARATION = /^<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/;

/**
 * Reads XML 1.0 with namespaces into elements that know their place. Built for files from outside: DOCTYPE and with it
 * every entity but the five of XML itself is refused (so nothing expands or is fetched), depth and count are bounded.
 *
 * @throws DomainException STATEMENT_XML_INVALID, STATEMENT_XML_FORBIDDEN or STATEMENT_TOO_LARGE.
 */
export function readXml(bytes: Uint8Array): XmlElement {
  const builder = new TreeBuilder();
  const parser = new SaxesParser({ xmlns: true, position: true });
  parser.on('doctype', () => {
    throw forbidden(`line ${parser.line}: the file has a DOCTYPE.`);
  });
  parser.on('error', (error) => {
    throw invalid(`line ${parser.line}: ${error.message.replace(/^\d+:\d+: /, '')}`);
  });
  parser.on('opentag', (tag) => builder.open(tag, parser.line));
  parser.on('text', (text) => builder.text(text));
  parser.on('cdata', (text) => builder.text(text));
  parser.on('closetag', () => builder.close());
  parser.write(decode(bytes)).close();
  if (builder.root === undefined) throw invalid('line 1: the file holds no element.');
  return builder.root;
}

class TreeBuilder {
  root: XmlElement | undefined;
  readonly #stack: OpenElement[] = [];
  #elements = 0;

  open(tag: SaxesTagNS, line: number): void {
    const parent = this.#stack.at(-1);
    this.#elements += 1;
    if (this.#stack.length >= MAX_DEPTH) throw forbidden(`line ${line}: elements nest deeper than ${MAX_DEPTH}.`);
    if (this.#elements > MAX_ELEMENTS) {
      throw new DomainException(
        statementErrors.STATEMENT_TOO_LARGE(`line ${line}: more than ${MAX_ELEMENTS} elements.`),
      );
    }
    const nth = (parent?.counts.get(tag.local) ?? 0) + 1;
    parent?.counts.set(tag.local, nth);
    const element: OpenElement = {
      name: tag.local,
      namespace: tag.uri,
      attributes: Object.fromEntries(Object.values(tag.attributes).map(({ local, value }) => [local, value])),
      children: [],
      text: '',
      place: { line, path: `${parent?.place.path ?? ''}/${tag.local}${nth > 1 ? `[${nth}]` : ''}` },
      counts: new Map(),
    };
    parent?.children.push(element);
    this.root ??= element;
    this.#stack.push(element);
  }

  text(text: string): void {
    const current = this.#stack.at(-1);
    if (current !== undefined) current.text += text;
  }

  close(): void {
    const closed = this.#stack.pop();
    if (closed !== undefined) closed.text = closed.text.trim();
  }
}

/** Banks of the region write UTF-8, UTF-16 or GB18030; the declaration (ASCII in all of them but UTF-16) says which. */
function decode(bytes: Uint8Array): string {
  const label = declaredEncoding(bytes);
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    throw invalid(`line 1: the bytes are not text in the encoding "${label}" which the file declares.`);
  }
}

function declaredEncoding(bytes: Uint8Array): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 256)).replace(/^ï»¿/, '');
  return DECLARATION.exec(start)?.[1]?.toLowerCase() ?? 'utf-8';
}

/** The element's only child of this name, if it has one. */
export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name);
}

/** The first element at the end of a path of local names, `Tp/CdOrPrtry/Cd`. */
export function findAt(element: XmlElement, path: string): XmlElement | undefined {
  return path.split('/').reduce<XmlElement | undefined>((found, name) => found && childOf(found, name), element);
}

/** The text at a path; undefined where it is missing or empty. */
export function textAt(element: XmlElement, path: string): string | undefined {
  const text = findAt(element, path)?.text;
  return text === '' ? undefined : text;
}

/** All children of this name. */
export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

/** @throws DomainException STATEMENT_ELEMENT_INVALID naming the element that should be there. */
export function requireAt(element: XmlElement, path: string): XmlElement {
  const found = findAt(element, path);
  if (found !== undefined) return found;
  throw malformed(element.place, `the element ${path} is missing`);
}

/** @throws DomainException STATEMENT_ELEMENT_INVALID when the element is missing, empty or too long. */
export function requireText(element: XmlElement, path: string): string {
  const found = requireAt(element, path);
  if (found.text.length > 0 && found.text.length <= 500) return found.text;
  throw malformed(found.place, found.text === '' ? 'it is empty' : 'it is longer than 500 characters');
}

/** An element that is there but wrong: where, and what about it. */
export function malformed(place: Place, what: string): DomainException {
  return new DomainException(statementErrors.STATEMENT_ELEMENT_INVALID(`${at(place)}: ${what}.`, located(place)));
}

function invalid(detail: string): DomainException {
  return new DomainException(statementErrors.STATEMENT_XML_INVALID(detail));
}

function forbidden(detail: string): DomainException {
  return new DomainException(statementErrors.STATEMENT_XML_FORBIDDEN(detail));
}
