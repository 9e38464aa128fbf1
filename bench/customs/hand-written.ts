import type { Facts } from '@hetao/rules';

const NEEDS_INFO = 'NEEDS_INFO';

/**
 * The same rule set as a programmer would write it once and never explain: if and else, unknown kept honest, the
 * pathway and nothing else. It is the baseline, and a second opinion: both must agree on every case.
 */
export function handWritten(facts: Facts): string {
  const origin = facts['tx.origin'] ?? null;
  const cn = origin === null ? null : origin === 'CN';
  return stops(facts, cn) ?? scope(facts, cn) ?? exempt(facts, cn) ?? mechanism(facts, cn) ?? elsewhere(origin);
}

type Level = boolean | null;

function and(...levels: readonly Level[]): Level {
  let result: Level = true;
  for (const level of levels) {
    if (level === false) return false;
    if (level === null) result = null;
  }
  return result;
}
function is(facts: Facts, key: string, value: string | boolean): Level {
  const known = facts[key] ?? null;
  return known === null ? null : known === value;
}
function oneOf(facts: Facts, key: string, a: string, b: string): Level {
  const known = facts[key] ?? null;
  return known === null ? null : known === a || known === b;
}
function below(facts: Facts, key: string, bound: number): Level {
  const known = facts[key] ?? null;
  return known === null ? null : Number(known) < bound;
}
function not(level: Level): Level {
  return level === null ? null : !level;
}

function stops(facts: Facts, cn: Level): string | null {
  const secret = is(facts, 'd.core_or_secret', true);
  if (secret !== false) return secret ? 'BLOCKED' : NEEDS_INFO;
  const judicial = and(cn, is(facts, 'tx.purpose', 'judicial_request'));
  if (judicial !== false) return judicial ? 'APPROVAL_REQUIRED_FIRST' : NEEDS_INFO;
  const genes = and(cn, oneOf(facts, 'd.hgr', 'info', 'material'));
  const sale = is(facts, 'tx.purpose', 'data_product_sale');
  const destination = facts['tx.destination'] ?? null;
  const near = destination === null ? null : destination === 'CN' || destination === 'HK' || destination === 'MO';
  const blocked = [
    and(cn, is(facts, 'rcp.listed_42', true)),
    and(genes, is(facts, 'exp.foreign_party', true)),
    and(genes, sale),
    and(is(facts, 'tx.origin', 'US'), near, is(facts, 'd.us_bulk', true), sale),
  ];
  for (const level of blocked) if (level !== false) return level ? 'BLOCKED' : NEEDS_INFO;
  return null;
}

function scope(facts: Facts, cn: Level): string | null {
  const [origin, destination] = [facts['tx.origin'] ?? null, facts['tx.destination'] ?? null];
  const same = origin === null || destination === null ? null : origin === destination;
  if (same !== false) return same ? 'NOT_AN_EXPORT' : NEEDS_INFO;
  const carried = and(cn, is(facts, 'tx.mode', 'subject_carried'));
  if (carried !== false) return carried ? 'NOT_AN_EXPORT' : NEEDS_INFO;
  const hashed = and(cn, is(facts, 'tx.mode', 'hash_only'), is(facts, 'tx.hash_salted', true));
  if (hashed !== false) return hashed ? 'NOT_AN_EXPORT' : NEEDS_INFO;
  const computed = and(cn, is(facts, 'tx.mode', 'code_to_data'), is(facts, 'tx.raw_visible', false));
  if (computed !== false) return computed ? 'HUMAN_REVIEW' : NEEDS_INFO;
  const unanswered = and(cn, is(facts, 'd.important', 'unknown'));
  return unanswered === false ? null : NEEDS_INFO;
}

function exempt(facts: Facts, cn: Level): string | null {
  const ordinary = and(cn, is(facts, 'd.important', 'not_notified'));
  const needed = and(ordinary, is(facts, 'tx.necessity', true));
  const zone = facts['exp.zone'] ?? null;
  const list = facts['nl.status'] ?? null;
  const unlisted = list === null ? null : list !== 'listed_assessment' && list !== 'listed_sc';
  const personal = oneOf(facts, 'd.pi', 'deidentified', 'identified');
  const granted =
    and(ordinary, oneOf(facts, 'd.pi', 'none', 'anonymised')) === true ||
    and(ordinary, is(facts, 'tx.collected_abroad', true), is(facts, 'tx.mixes_domestic', false)) === true ||
    and(needed, is(facts, 'tx.purpose', 'individual_contract')) === true ||
    and(needed, is(facts, 'tx.purpose', 'hr'), is(facts, 'tx.collective_basis', true)) === true ||
    and(needed, oneOf(facts, 'tx.purpose', 'emergency', 'statutory_duty')) === true ||
    and(
      ordinary,
      zone === null ? null : zone !== 'none',
      is(facts, 'nl.status', 'covered_not_listed'),
      is(facts, 'exp.ciio', false),
    ) === true ||
    and(
      ordinary,
      is(facts, 'exp.ciio', false),
      personal,
      is(facts, 'd.sensitive', false),
      below(facts, 'ytd.general', 100_000),
      unlisted,
    ) === true;
  return granted ? 'EXEMPT' : null;
}

function mechanism(facts: Facts, cn: Level): string | null {
  const personal = and(cn, oneOf(facts, 'd.pi', 'deidentified', 'identified'));
  const sensitive = and(cn, is(facts, 'd.sensitive', true));
  const few = below(facts, 'ytd.sensitive', 10_000);
  const million = below(facts, 'ytd.general', 1_000_000);
  const ladder: readonly (readonly [Level, string])[] = [
    [and(cn, is(facts, 'nl.status', 'listed_assessment')), 'SECURITY_ASSESSMENT'],
    [and(cn, is(facts, 'd.important', 'notified')), 'SECURITY_ASSESSMENT'],
    [and(personal, is(facts, 'exp.ciio', true)), 'SECURITY_ASSESSMENT'],
    [and(cn, is(facts, 'nl.status', 'listed_sc')), 'SC_OR_CERT'],
    [and(sensitive, not(few)), 'SECURITY_ASSESSMENT'],
    [and(personal, not(million)), 'SECURITY_ASSESSMENT'],
    [and(sensitive, few), 'SC_OR_CERT'],
    [and(personal, not(below(facts, 'ytd.general', 100_000)), million), 'SC_OR_CERT'],
  ];
  for (const [level, pathway] of ladder) if (level !== false) return level ? pathway : NEEDS_INFO;
  return null;
}

const LAWS: Readonly<Record<string, string>> = {
  HK: 'HK_PDPO',
  MO: 'MO_LAW_8_2005',
  SG: 'SG_PDPA_S26',
  MY: 'MY_PDPA_S129',
  VN: 'VN_PDPL_CTIA',
  GB: 'UK_CHAPTER_V',
  US: 'US_DSP_CHECK',
};

function elsewhere(origin: string | number | boolean | null): string {
  return origin === null ? NEEDS_INFO : (LAWS[String(origin)] ?? 'HUMAN_REVIEW');
}
