import type { DomainError } from '@hetao/kernel';
import { jobTransitions } from '../job/job.js';
import type { Job, JobResult } from '../job/job.record.js';
import { cellsOf } from '../pixel-source/primitives.js';
import type { Widget } from '../workbench/widgets.js';
import type { JobCard, Refusal } from '../workbench/workbench-state.js';
import { workbenchWords, type WorkbenchLanguage, type WorkbenchWords } from '../workbench/workbench-words.js';

/** Cells of one line of the result's panel. */
const LINE_CELLS = 92;

/** A job in the list of a workbench: what it is, how it stands, what it used. */
export function jobCard(job: Job, language: WorkbenchLanguage): JobCard {
  const words = workbenchWords[language];
  const { sql, table } = job.body;
  const what = typeof sql === 'string' ? sql.replaceAll(/\s+/g, ' ') : [job.kind, table].join(' · ');
  const seconds = job.used?.['vcpu_seconds'];
  return {
    id: job.id,
    title: job.isDryRun ? `${words.twin} · ${what}` : what,
    status: job.state.replaceAll('_', ' '),
    cost: seconds === undefined ? null : `${seconds.toFixed(1)} vCPU s`,
    running: jobTransitions.commandsFrom(job.state).length > 0,
  };
}

/** What a job that has ended shows: what its gate let through, and why not more. Empty while it has not ended. */
export function jobWidgets(job: Job, language: WorkbenchLanguage): readonly Widget[] {
  if (jobTransitions.commandsFrom(job.state).length > 0) return [];
  const words = workbenchWords[language];
  const { result, reason, state, isDryRun } = job;
  const why = reason === null ? [] : notes(reason);
  if (result === null) return [...notes(state.replaceAll('_', ' ')), ...why];
  const title = `${isDryRun ? words.twin : words.data} · ${words[result.outcome]}`;
  const told = [...result.findings, ...result.suggestions].flatMap(({ message }) => notes(message[language]));
  const next = isDryRun ? notes(words.twinDone) : [];
  return [...tables(result, title), ...notes(title), ...why, ...told, ...next];
}

/** A refusal in full: what was refused, why, and what would pass. */
export function refusal(
  { title, detail, fix }: Pick<DomainError, 'title' | 'detail' | 'fix'>,
  words: WorkbenchWords,
): Refusal {
  return { refused: title, widgets: [...notes(title), ...notes(detail), ...notes(`${words.instead}: ${fix}`)] };
}

function tables({ columns, rows }: JobResult, title: string): readonly Widget[] {
  if (rows.length === 0) return [];
  const numeric = (at: number): boolean => rows.every((row) => row[at] === null || typeof row[at] === 'number');
  const heads = columns.map((name, at) => ({ name, numeric: numeric(at) }));
  const cells = rows.map((row) => row.map((value) => (value === null ? null : String(value))));
  return [{ kind: 'table', title, columns: heads, rows: cells }];
}

/** A text in lines that the panel holds: a line is cut where it would run out of sight. */
function notes(text: string): readonly Widget[] {
  const lines: string[] = [''];
  for (const word of text.split(/(?<=\s|[\u2e80-\uffef])/u)) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && cellsOf(line + word) > LINE_CELLS) lines.push(word);
    else lines[lines.length - 1] = line + word;
  }
  return lines.map((line) => ({ kind: 'note', title: line.trim() }));
}
