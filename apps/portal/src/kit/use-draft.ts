import { useCallback, useMemo, useRef, useState } from 'react';
import { signedIn } from '../app/page-state.js';
import { forgetDraft, keepDraft, readDraft } from './draft.js';

const PAUSE_MS = 300;

/**
 * Keeps a form as it is typed, so that a session that ends, a closed tab or a crash loses nothing.
 *
 *     const draft = useDraft<Values>('request:' + productId);
 *     <Form initialValues={{ ...defaults, ...draft.values }} onValuesChange={(_, all) => draft.keep(all)}>
 *     … onDone: draft.forget
 */
export function useDraft<Values extends object>(form: string) {
  const account = signedIn().account_id;
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const place = useMemo(() => ({ store: localStorage, account, form }), [account, form]);
  // Read once: what is typed afterwards is the form's own.
  const [values] = useState(() => readDraft(place, Date.now()) as Partial<Values> | undefined);
  const keep = useCallback(
    (all: Values) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => keepDraft(place, all, Date.now()), PAUSE_MS);
    },
    [place],
  );
  const forget = useCallback(() => {
    clearTimeout(timer.current);
    forgetDraft(place);
  }, [place]);
  return { values, keep, forget };
}
