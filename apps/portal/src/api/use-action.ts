import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useRef } from 'react';
import { isStale, wasAnswered } from './problem.js';

/** What a change sends beside its body, so that the exchange does it once however often it hears of it. */
export type OnceHeaders = { readonly 'Idempotency-Key': string };

/**
 * A change of the exchange's state. It gets headers that stay the same while one and the same change is tried again:
 * a second click or a repeat after a lost answer never acts twice. What is shown is read anew afterwards.
 */
export function useAction<Input, Output>(
  change: (input: Input, headers: OnceHeaders) => Promise<Output>,
  options: { readonly onDone?: (output: Output, input: Input) => void } = {},
): UseMutationResult<Output, Error, Input> {
  const queries = useQueryClient();
  const attempt = useRef<{ readonly of: string; readonly key: string } | undefined>(undefined);
  return useMutation({
    mutationFn: async (input: Input) => {
      const of = JSON.stringify(input) ?? '';
      if (attempt.current?.of !== of) attempt.current = { of, key: crypto.randomUUID() };
      try {
        const output = await change(input, { 'Idempotency-Key': attempt.current.key });
        attempt.current = undefined;
        return output;
      } catch (error) {
        // A refusal was an answer; only what may not have been heard keeps its key.
        if (wasAnswered(error)) attempt.current = undefined;
        throw error;
      }
    },
    onSuccess: async (output, input) => {
      options.onDone?.(output, input);
      await queries.invalidateQueries();
    },
    onError: async (error) => {
      // What somebody else saved meanwhile is read, or it could be neither shown nor saved over.
      if (isStale(error)) await queries.invalidateQueries();
    },
  });
}
