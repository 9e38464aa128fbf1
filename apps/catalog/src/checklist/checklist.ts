import type { Jurisdiction } from '@hetao/kernel';
import { cn } from './cn.js';
import { gb } from './gb.js';
import { hk } from './hk.js';
import { mo } from './mo.js';
import { my } from './my.js';
import { sg } from './sg.js';
import { us } from './us.js';
import { vn } from './vn.js';
import { everywhere } from './everywhere.js';
import type { Requirement } from './requirement.js';

const tables: Readonly<Record<Jurisdiction, readonly Requirement[]>> = {
  CN: cn,
  HK: hk,
  MO: mo,
  SG: sg,
  MY: my,
  VN: vn,
  GB: gb,
  US: us,
};

/** A paper as it was handed in, as far as the checklist asks. Dates are ISO 8601. */
export interface HandedIn {
  readonly requirement: string;
  readonly issuedOn: string;
  readonly validUntil: string | null;
  readonly legalisation: string | null;
}

export type ItemState = 'missing' | 'expired' | 'too_old' | 'not_legalised' | 'present';

/** One line of an organisation's checklist. */
export interface ChecklistItem {
  readonly requirement: Requirement;
  readonly state: ItemState;
}

/** What an organisation of this place in these roles must show, in the order it is asked. */
export function requirementsFor(home: Jurisdiction, roles: readonly string[]): readonly Requirement[] {
  return [...tables[home], ...everywhere].filter(
    ({ roles: asked }) => asked === 'all' || asked.some((role) => roles.includes(role)),
  );
}

/** The checklist as it stands on a day. */
export function checklist(
  home: Jurisdiction,
  roles: readonly string[],
  papers: readonly HandedIn[],
  today: string,
): readonly ChecklistItem[] {
  return requirementsFor(home, roles).map((requirement) => {
    const paper = papers.find((candidate) => candidate.requirement === requirement.id);
    return { requirement, state: stateOf(requirement, paper, today) };
  });
}

function stateOf(requirement: Requirement, paper: HandedIn | undefined, today: string): ItemState {
  if (paper === undefined) return 'missing';
  if (paper.validUntil !== null && paper.validUntil < today) return 'expired';
  if (requirement.expires && paper.validUntil === null) return 'expired';
  if (requirement.maxAgeMonths !== null && monthsLater(paper.issuedOn, requirement.maxAgeMonths) < today)
    return 'too_old';
  if (requirement.legalisation !== null && paper.legalisation !== requirement.legalisation) return 'not_legalised';
  return 'present';
}

/** The same day so many months on; a day the month has not is taken as the later one, which compares as text. */
function monthsLater(date: string, months: number): string {
  const [year = '0', month = '1', day = '1'] = date.split('-');
  const count = Number(year) * 12 + Number(month) - 1 + months;
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}-${day}`;
}
