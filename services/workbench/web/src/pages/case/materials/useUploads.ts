/** Files on their way into a case, one after the other; what failed stays with its reason until it is tried again or put away. */
import { useEffect, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { newKey, Problem, local } from '@/api/client';
import { addMaterial } from '@/api/materials';

const MIB = 1024 * 1024;

export interface Upload {
  /** Also the idempotency key: the same for every try. */
  id: string;
  file: File;
  kind: string;
  state: 'waiting' | 'sending' | 'failed';
  share: number;
  problem: Problem | null;
}

function tooLarge(bytesMax: number): Problem {
  const mib = Math.floor(bytesMax / MIB);
  return local(413, 'file_too_large', `文件超过 ${mib} MB，请压缩、降低清晰度或分成几份后再上传。`, `The file is larger than ${mib} MB. Compress it, lower its resolution or split it.`);
}

export function useUploads(caseId: string, bytesMax: number, onStored: (name: string) => void) {
  const client = useQueryClient();
  const [list, setList] = useState<Upload[]>([]);
  // One at a time: a slow line is not shared among ten files that then all fail.
  const line = useRef(Promise.resolve());
  const controls = useRef(new Map<string, AbortController>());
  useEffect(() => {
    const all = controls.current;
    return () => {
      for (const one of all.values()) one.abort();
    };
  }, []);
  const change = (id: string, to: Partial<Upload>) => setList((now) => now.map((one) => (one.id === id ? { ...one, ...to } : one)));
  const drop = (id: string) => setList((now) => now.filter((one) => one.id !== id));

  const send = async (one: Upload, signal: AbortSignal) => {
    if (signal.aborted) return;
    change(one.id, { state: 'sending', share: 0 });
    try {
      await addMaterial(caseId, one.kind, one.file, { key: one.id, signal, onProgress: (share) => change(one.id, { share }) });
      drop(one.id);
      onStored(one.file.name);
      void client.invalidateQueries({ queryKey: ['case', caseId] });
    } catch (cause) {
      if (!signal.aborted) change(one.id, { state: 'failed', problem: cause instanceof Problem ? cause : null });
    }
  };
  const queue = (one: Upload) => {
    const control = new AbortController();
    controls.current.set(one.id, control);
    line.current = line.current.then(() => send(one, control.signal));
  };

  const add = (files: Iterable<File>, kind: string) => {
    const fresh = [...files].map((file): Upload => {
      const large = file.size > bytesMax;
      return { id: newKey(), file, kind, state: large ? 'failed' : 'waiting', share: 0, problem: large ? tooLarge(bytesMax) : null };
    });
    setList((now) => [...now, ...fresh]);
    for (const one of fresh) if (one.state === 'waiting') queue(one);
  };
  const again = (one: Upload) => {
    change(one.id, { state: 'waiting', problem: null });
    queue(one);
  };
  const cancel = (one: Upload) => {
    controls.current.get(one.id)?.abort();
    drop(one.id);
  };
  return { list, add, again, cancel };
}
