import { bannerWords } from './banner.words.js';
import type { DemoCounts } from './make-world.js';
import type { Language } from '@hetao/kernel';

export interface BannerFacts {
  readonly language: Language;
  readonly version: string;
  readonly baseUrl: string;
  /** As the reader would type them. */
  readonly dataDir: string;
  readonly logFile: string;
  readonly seconds: string;
  /** A key for the line to paste; without one nobody can call yet. */
  readonly apiKey?: string;
  readonly password: string;
  /** Undefined where nothing was counted. */
  readonly counts?: DemoCounts | undefined;
  /** The one-time link of an exchange that nobody can operate yet. */
  readonly setupLink?: string | undefined;
}

const LABEL_WIDTH = 10;
const ACCOUNT_WIDTH = 34;
const DEFAULT_URL = 'http://localhost:8080';

/** Who can sign in, as the sign-in page shows them. */
const PEOPLE = [
  ['merchant@lingnan.hetao.demo', 'merchant'],
  ['buyer@university.hetao.demo', 'buyer'],
  ['operator@hetao.demo', 'operator'],
  ['customs@hetao.demo', 'customs'],
  ['auditor@hetao.demo', 'auditor'],
] as const;

/** What is printed when the exchange is open: where it is, who may come in, and one line that works when pasted. */
export function banner(facts: BannerFacts): string {
  const words = bannerWords[facts.language];
  const { baseUrl, version } = facts;
  const isDemo = facts.apiKey !== undefined;
  const lines = [
    '',
    `${words.name}  v${version} · ${isDemo ? words.demo : words.empty} · ${words.data(facts.dataDir)}`,
    '',
    row(words.portal, baseUrl),
    row(words.api, `${baseUrl}/v1 · ${words.docs} ${baseUrl}/docs · OpenAPI ${baseUrl}/openapi.json`),
    row(words.metrics, `${baseUrl}/metrics`),
    row(words.log, facts.logFile),
    '',
    ...(isDemo ? demoLines(facts, facts.apiKey) : setupLines(facts)),
    [words.ready(facts.seconds), facts.counts && words.counts(localized(facts.counts))].filter(Boolean).join(' — '),
    '',
  ];
  return lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n');
}

function demoLines({ language, baseUrl, password }: BannerFacts, apiKey: string): string[] {
  const words = bannerWords[language];
  const people = PEOPLE.map(([email, persona], index) => {
    const branch = index === PEOPLE.length - 1 ? '└─' : '├─';
    return padded(`${branch} ${email}`, ACCOUNT_WIDTH) + words.tries[persona];
  });
  const at = baseUrl === DEFAULT_URL ? '' : ` -- --url ${baseUrl}`;
  return [
    padded(words.accounts(password), ACCOUNT_WIDTH) + words.whatToTry,
    ...people,
    '',
    row(words.tryIt, `curl -s "${baseUrl}/v1/products?limit=1" -H "authorization: Bearer ${apiKey}"`),
    row(words.trade, `npm run trade${at}   (${words.tradeIs})`),
    '',
  ];
}

function setupLines({ language, setupLink }: BannerFacts): string[] {
  return setupLink === undefined ? [] : [row(bannerWords[language].setup, setupLink), ''];
}

function localized({ merchants, products, agreements, usageEvents }: DemoCounts) {
  const shown = (count: number) => count.toLocaleString('en');
  return {
    merchants: shown(merchants),
    products: shown(products),
    agreements: shown(agreements),
    usageEvents: shown(usageEvents),
  };
}

function row(label: string, text: string): string {
  return padded(label, LABEL_WIDTH) + text;
}

/** Filled up to a width of a terminal's columns, of which a Han character takes two. */
function padded(text: string, width: number): string {
  const columns = [...text].reduce(
    (sum, one) => sum + (/[\p{Script=Han}\u3000-\u303f\uff00-\uff60]/u.test(one) ? 2 : 1),
    0,
  );
  return text + ' '.repeat(Math.max(width - columns, 1));
}
