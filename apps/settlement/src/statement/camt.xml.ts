import { DomainException } from '@hetao/kernel';
import { SaxesParser, type SaxesTagNS } from 'saxes';
import { statementErrors } from './statement.errors.js';
import { at, located, type Place } from './statement.js';
import type { ReadingSteps } from './reading.steps.js';
import { decodedPieces } from './statement.text.js';

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
  /** How many children of each name there were, also of those that were taken away. */
  counts: Map<string, number> | null;
  /** Elements that it holds, itself among them. */
  size: number;
}

/**
 * Takes elements out of a document as they end, so that a long one never stands in memory as a whole.
 *
 * @param above what the element is in, the root first; none of it has ended yet.
 * @returns whether the element was taken: then it is no child of its parent any more.
 */
export type Harvest = (element: XmlElement, above: readonly XmlElement[]) => boolean;

/** No camt message nests deeper than about 20. */
const MAX_DEPTH = 40;
/** Elements that stand in memory at the same time. */
const MAX_HELD = 500_000;
const DECLARATION = /^<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/;

/**
 * Reads XML 1.0 with namespaces into elements that know their place. Built for files from outside: DOCTYPE and with it
 * every entity but the five of XML itself is refused (so nothing expands or is fetched), depth and count are bounded.
 *
 * @throws DomainException STATEMENT_XML_INVALID, STATEMENT_XML_FORBIDDEN or STATEMENT_TOO_LARGE.
 */
export function readXml(bytes: Uint8Array): XmlElement {
  const steps = xmlSteps(bytes, () => false);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** As {@link readXml}, a piece of the file at a time, with what the harvest takes left out. */
export function* xmlSteps(bytes: Uint8Array, harvest: Harvest): ReadingSteps<XmlElement> {
  const builder = new TreeBuilder(harvest);
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
  for (const piece of xmlPieces(bytes)) {
    parser.write(piece);
    yield;
  }
  parser.close();
  if (builder.root === undefined) throw invalid('line 1: the file holds no element.');
  return builder.root;
}

class TreeBuilder {
  root: XmlElement | undefined;
  readonly #harvest: Harvest;
  readonly #stack: OpenElement[] = [];
  #held = 0;

  constructor(harvest: Harvest) {
    this.#harvest = harvest;
  }

  open(tag: SaxesTagNS, line: number): void {
    const parent = this.#stack.at(-1);
    this.#held += 1;
    if (this.#stack.length >= MAX_DEPTH) throw forbidden(`line ${line}: elements nest deeper than ${MAX_DEPTH}.`);
    if (this.#held > MAX_HELD) {
      throw new DomainException(
        statementErrors.STATEMENT_TOO_LARGE(`line ${line}: more than ${MAX_HELD} elements that cannot be read apart.`),
      );
    }
    const nth = parent === undefined ? 1 : countOf(parent, tag.local);
    const element: OpenElement = {
      name: tag.local,
      namespace: tag.uri,
      attributes: attributesOf(tag),
      children: [],
      text: '',
      place: new ElementPlace(line, nth > 1 ? `${tag.local}[${nth}]` : tag.local, parent?.place),
      counts: null,
      size: 1,
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
    if (closed === undefined) return;
    closed.text = closed.text.trim();
    closed.counts = null;
    const parent = this.#stack.at(-1);
    if (parent === undefined) return;
    if (this.#harvest(closed, this.#stack)) {
      parent.children.pop();
      this.#held -= closed.size;
    } else parent.size += closed.size;
  }
}

/** Most elements are never complained about: their path is put together when somebody asks. */
class ElementPlace implements Place {
  readonly line: number;
  readonly #name: string;
  readonly #above: Place | undefined;

  constructor(line: number, name: string, above: Place | undefined) {
    this.line = line;
    this.#name = name;
    this.#above = above;
  }

  get path(): string {
    return `${this.#above?.path ?? ''}/${this.#name}`;
  }
}

const NO_ATTRIBUTES: Readonly<Record<string, string>> = {};

function attributesOf({ attributes }: SaxesTagNS): Readonly<Record<string, string>> {
  const found = Object.values(attributes);
  return found.length === 0 ? NO_ATTRIBUTES : Object.fromEntries(found.map(({ local, value }) => [local, value]));
}

/** Counts one more child of the name. */
function countOf(parent: OpenElement, name: string): number {
  parent.counts ??= new Map();
  const nth = (parent.counts.get(name) ?? 0) + 1;
  parent.counts.set(name, nth);
  return nth;
}

/** Banks of the region write UTF-8, UTF-16 or GB18030; the declaration (ASCII in all of them but UTF-16) says which. */
function xmlPieces(bytes: Uint8Array): Generator<string> {
  const label = declaredEncoding(bytes);
  return decodedPieces(bytes, label, () =>
    invalid(`line 1: the bytes are not text in the encoding "${label}" which the file declares.`),
  );
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
