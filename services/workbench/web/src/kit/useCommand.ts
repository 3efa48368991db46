/** One command of a dialog: its key stays the same for every retry; a stale version fetches the latest and keeps what was typed. */
import { useState } from 'react';
import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { newKey, Problem } from '@/api/client';
import { useWords } from '@/lib/words';
import { toast } from './toasts';

interface Options<Answer> {
  run: (key: string) => Promise<Answer>;
  /** First parts of the query keys that change with it. */
  touches: readonly string[];
  /** The short news after it; null shows none. */
  says: ((answer: Answer) => string) | string | null;
  onDone?: (answer: Answer) => void;
}

export interface RunningCommand<Answer> {
  mutation: UseMutationResult<Answer, Error, void>;
  /** What is wrong with one field of the request, by its path. */
  errorOf: (field: string) => string | null;
}

export function useCommand<Answer>({ run, touches, says, onDone }: Options<Answer>): RunningCommand<Answer> {
  const client = useQueryClient();
  const { explain } = useWords();
  const [key, setKey] = useState(newKey);
  const refetch = () => void client.invalidateQueries({ predicate: ({ queryKey: [topic] }) => touches.includes(String(topic)) });
  const mutation = useMutation<Answer, Error, void>({
    mutationFn: () => run(key),
    onSuccess: (answer) => {
      setKey(newKey());
      if (says !== null) toast('done', typeof says === 'string' ? says : says(answer));
      refetch();
      onDone?.(answer);
    },
    onError: (cause) => {
      if (!(cause instanceof Problem) || cause.isOffline) return;
      // The server refused this attempt for good: what is corrected is a new one.
      setKey(newKey());
      if (cause.code === 'stale_version') refetch();
    },
  });
  const errorOf = (field: string): string | null => {
    const found = mutation.error instanceof Problem ? mutation.error.errors.find((one) => one.field === field) : undefined;
    return found ? explain(new Problem({ type: 'about:blank', status: 422, trace_id: '', ...found })) : null;
  };
  return { mutation, errorOf };
}
