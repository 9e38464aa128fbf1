import { parse } from 'bowser';

/** What a session is used with: as the words of a pattern, and the places in it. */
export type Device =
  | { readonly kind: 'browserOn'; readonly browser: string; readonly system: string }
  | { readonly kind: 'commandLine'; readonly host: string }
  /** Told as it is: a browser of no known system, or a programme. */
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'unknown' };

/** As `hetao login` calls itself. */
const COMMAND_LINE = /^hetao on (?<host>.+)$/;
/** A product and its version, as programmes call themselves: `curl/8.14.1`. */
const PROGRAMME = /^(?!Mozilla\/)(?<name>[\w.-]+)\/(?<major>\d+)/;
/** Of many readers in the mainland, and told as Chrome by the library. */
const HUAWEI = /\bHuaweiBrowser\/(?<major>\d+)/;
/** They come with their system, and hardly anybody knows their number. */
const WITHOUT_NUMBER = new Set(['Safari']);

/** What people call the thing that sent this `User-Agent`. Any text is understood somehow: senders write what they like. */
export function deviceOf(agent: string): Device {
  const text = agent.trim();
  if (text === '') return { kind: 'unknown' };
  const { host } = COMMAND_LINE.exec(text)?.groups ?? {};
  if (host !== undefined) return { kind: 'commandLine', host };
  const { browser: found, os, platform } = parse(text);
  const huawei = HUAWEI.exec(text)?.groups?.['major'];
  const browser = huawei === undefined ? numbered(found.name, found.version) : `Huawei Browser ${huawei}`;
  if (browser === undefined) return { kind: 'named', name: programmeOf(text) };
  const system = platform.model ?? os.name;
  return system === undefined ? { kind: 'named', name: browser } : { kind: 'browserOn', browser, system };
}

function numbered(name = '', version = ''): string | undefined {
  if (name === '') return undefined;
  const [major = ''] = version.split('.');
  return major === '' || WITHOUT_NUMBER.has(name) ? name : `${name} ${major}`;
}

function programmeOf(text: string): string {
  const { name, major } = PROGRAMME.exec(text)?.groups ?? {};
  return name === undefined ? text : `${name} ${major}`;
}
