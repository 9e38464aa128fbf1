import { editorText, type EditorText, type TextPlace } from './editor-text.js';
import type { Widget } from './widgets.js';
import { workbenchWords, type WorkbenchLanguage, type WorkbenchWords } from './workbench-words.js';

/** What a dataset shows of itself: never a value. */
export interface DatasetCard {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly use: string }[];
}

export interface JobCard {
  readonly id: string;
  readonly title: string;
  readonly status: string;
  readonly cost: string | null;
  readonly running: boolean;
}

/** Why something was not sent off: in a line, and in full. */
export interface Refusal {
  readonly refused: string;
  readonly widgets: readonly Widget[];
}

/** An analysis to begin with. */
export interface Template {
  readonly name: string;
  readonly text: string;
}

/** What of a result is looked at. */
export type ResultView = 'table' | 'chart' | 'notes';

/** How what is in the editor is meant. */
export type Language = 'query' | 'analysis';

export interface WorkbenchState {
  readonly title: string;
  readonly words: WorkbenchWords;
  readonly language: Language;
  readonly editor: EditorText;
  /** First line of the editor, and first row of the result, that can be seen. */
  readonly editorTop: number;
  readonly resultTop: number;
  readonly view: ResultView;
  readonly datasets: readonly DatasetCard[];
  readonly analyses: readonly Template[];
  readonly jobs: readonly JobCard[];
  readonly chosenJob: string | null;
  readonly widgets: readonly Widget[];
  readonly notice: string | null;
}

/** What a press on a place of the screen means. */
export type Action =
  | { readonly kind: 'run' }
  | { readonly kind: 'language'; readonly language: Language }
  | { readonly kind: 'analysis'; readonly index: number }
  | { readonly kind: 'place'; readonly place: TextPlace }
  | { readonly kind: 'view'; readonly view: ResultView }
  | { readonly kind: 'job' | 'cancel'; readonly job: string };

/** What the workbench wants done outside of itself. */
export type WorkbenchOrder =
  | { readonly kind: 'run'; readonly language: Language; readonly text: string }
  | { readonly kind: 'open'; readonly job: string }
  | { readonly kind: 'cancel'; readonly job: string };

export interface Reaction {
  readonly state: WorkbenchState;
  readonly order: WorkbenchOrder | null;
}

export function newWorkbench(title: string, language: WorkbenchLanguage): WorkbenchState {
  const words = workbenchWords[language];
  return {
    ...{ title, words, language: 'query', editor: editorText(), editorTop: 0, resultTop: 0, view: 'table' },
    ...{ datasets: [], analyses: [], jobs: [], chosenJob: null, widgets: [], notice: null },
  };
}
