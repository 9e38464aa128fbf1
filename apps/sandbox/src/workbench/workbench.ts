import type { ViewerInput } from '../pixel/pixel-source.js';
import {
  editorText,
  insert,
  move,
  place,
  remove,
  selectAll,
  textOf,
  undo,
  type EditorText,
  type Movement,
} from './editor-text.js';
import { hitAt, layOut, visibleLines } from './layout.js';
import { visibleRows } from './table.js';
import type { Action, Reaction, WorkbenchState } from './workbench-state.js';

/** What the workbench becomes when its user does something. Keys write into the editor, wherever the pointer is. */
export function react(state: WorkbenchState, event: ViewerInput): Reaction {
  if (event.kind === 'text') return written(state, insert(state.editor, event.text));
  if (event.kind === 'key') return reactToKey(state, event);
  if (event.action === 'wheel') return same(scrolled(state, event));
  if (event.action !== 'down') return same(state);
  const action = hitAt(layOut(state), event.x, event.y);
  return action === undefined ? same(state) : perform(state, action);
}

const MOVEMENTS: Readonly<Record<string, Movement>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'lineStart',
  End: 'lineEnd',
};

function reactToKey(state: WorkbenchState, { key, modifiers }: Extract<ViewerInput, { kind: 'key' }>): Reaction {
  const { editor } = state;
  const control = modifiers.includes('control') || modifiers.includes('meta');
  const movement = MOVEMENTS[key];
  if (movement !== undefined) {
    const far = control && movement === 'lineStart' ? 'start' : control && movement === 'lineEnd' ? 'end' : movement;
    return written(state, move(editor, far, modifiers.includes('shift')));
  }
  if (control) return reactToChord(state, key.toLowerCase());
  switch (key) {
    case 'Enter':
      return written(state, insert(editor, '\n'));
    case 'Tab':
      return written(state, insert(editor, '  '));
    case 'Backspace':
      return written(state, remove(editor, 'left'));
    case 'Delete':
      return written(state, remove(editor, 'right'));
    case 'PageUp':
    case 'PageDown':
      return same(paged(state, key === 'PageDown' ? 1 : -1));
    default:
      return [...key].length === 1 ? written(state, insert(editor, key)) : same(state);
  }
}

function reactToChord(state: WorkbenchState, key: string): Reaction {
  if (key === 'enter') return perform(state, { kind: 'run' });
  if (key === 'a') return written(state, selectAll(state.editor));
  if (key === 'z') return written(state, undo(state.editor));
  return same(state);
}

function perform(state: WorkbenchState, action: Action): Reaction {
  switch (action.kind) {
    case 'run': {
      const text = textOf(state.editor).trim();
      if (text === '') return same(state);
      return { state, order: { kind: 'run', language: state.language, text } };
    }
    case 'language':
      return same({ ...state, language: action.language });
    case 'analysis':
      return written({ ...state, language: 'analysis', editorTop: 0 }, editorText(state.analyses[action.index]?.text));
    case 'place':
      return written(state, place(state.editor, action.place));
    case 'view':
      return same({ ...state, view: action.view, resultTop: 0 });
    case 'job':
      return { state: { ...state, chosenJob: action.job, resultTop: 0 }, order: { kind: 'open', job: action.job } };
    case 'cancel':
      return { state, order: { kind: 'cancel', job: action.job } };
  }
}

/** The editor follows its caret. */
function written(state: WorkbenchState, editor: EditorText): Reaction {
  const { line } = editor.caret;
  const editorTop = Math.min(line, Math.max(state.editorTop, line - visibleLines + 1));
  return same({ ...state, editor, editorTop });
}

function scrolled(state: WorkbenchState, { x, y, delta }: Extract<ViewerInput, { kind: 'pointer' }>): WorkbenchState {
  const steps = Math.sign(delta) * 3;
  const over = hitAt(layOut(state), x, y);
  if (over?.kind !== 'place') return pagedBy(state, steps);
  const editorTop = bounded(state.editorTop + steps, state.editor.lines.length - 1);
  return { ...state, editorTop };
}

function paged(state: WorkbenchState, direction: number): WorkbenchState {
  return pagedBy(state, direction * (visibleRows - 1));
}

function pagedBy(state: WorkbenchState, rows: number): WorkbenchState {
  const table = state.widgets.find((widget) => widget.kind === 'table');
  return { ...state, resultTop: bounded(state.resultTop + rows, (table?.rows.length ?? 1) - 1) };
}

function bounded(value: number, most: number): number {
  return Math.max(0, Math.min(value, most));
}

function same(state: WorkbenchState): Reaction {
  return { state, order: null };
}
