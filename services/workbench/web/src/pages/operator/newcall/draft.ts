/**
 * What is typed survives a reload, a closed tab and a crash: kept on this device each 3 s, and sent to the server less often.
 * The idempotency key lives with the draft, so that even a submit after a reload cannot register twice.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import { newKey } from '@/api/client';
import { dropDraft, getDraft, saveDraft, type CallForm } from '@/api/intake';
import { serverNow } from '@/lib/serverTime';
import { EMPTY, isEmpty } from './form';

const LOCAL_MS = 3000;
const SERVER_MS = 10_000;

interface Kept {
  key: string;
  form: CallForm;
}

const place = (id: string): string => `nuanliu.call.${id}`;

function readLocal(id: string): Kept | null {
  const text = localStorage.getItem(place(id));
  return text ? (JSON.parse(text) as Kept) : null;
}

export interface DraftHandle {
  id: string;
  form: CallForm;
  change: (changed: Partial<CallForm>) => void;
  replace: (next: (form: CallForm) => CallForm) => void;
  key: string;
  savedAt: Date | null;
  /** Puts it on hold at the server. */
  hold: () => Promise<void>;
  /** Forgets it here and there: it became a case. */
  forget: () => void;
}

export function useDraft(id: string, start: Partial<CallForm>): DraftHandle {
  const [kept] = useState<Kept>(() => readLocal(id) ?? { key: newKey(), form: { ...EMPTY, ...start } });
  const [form, setForm] = useState(kept.form);
  const [savedAt, setSavedAt] = useState<Date | null>(null);
  const latest = useRef(form);
  const gone = useRef(false);
  const saved = useRef({ local: JSON.stringify(kept.form), server: JSON.stringify(kept.form) });

  useEffect(() => {
    latest.current = form;
  }, [form]);
  useEffect(() => begin(id), [id]);

  useEffect(() => {
    if (readLocal(id) || isUnsaved(id)) return;
    getDraft(id).then((draft) => setForm(draft.call), () => undefined);
  }, [id]);

  const keep = useCallback(() => {
    const text = JSON.stringify(latest.current);
    if (gone.current || text === saved.current.local || isEmpty(latest.current)) return;
    localStorage.setItem(place(id), JSON.stringify({ key: kept.key, form: latest.current } satisfies Kept));
    saved.current.local = text;
    setSavedAt(serverNow());
  }, [id, kept.key]);

  useEffect(() => {
    const send = () => {
      const text = JSON.stringify(latest.current);
      if (gone.current || text === saved.current.server || isEmpty(latest.current)) return;
      saved.current.server = text;
      saveDraft(id, { state: 'draft', call: latest.current }, newKey()).catch(() => {
        saved.current.server = '';
      });
    };
    const local = window.setInterval(keep, LOCAL_MS);
    const server = window.setInterval(send, SERVER_MS);
    window.addEventListener('pagehide', keep);
    return () => {
      keep();
      send();
      window.clearInterval(local);
      window.clearInterval(server);
      window.removeEventListener('pagehide', keep);
    };
  }, [id, keep]);

  return {
    id,
    form,
    change: (changed) => setForm((now) => ({ ...now, ...changed })),
    replace: setForm,
    key: kept.key,
    savedAt,
    hold: async () => {
      keep();
      await saveDraft(id, { state: 'held', call: latest.current }, newKey());
      // On hold it lives at the server, in the queue; this device need not keep it.
      gone.current = true;
      localStorage.removeItem(place(id));
    },
    forget: () => {
      gone.current = true;
      localStorage.removeItem(place(id));
      dropDraft(id).catch(() => undefined);
    },
  };
}

const CURRENT = 'nuanliu.call.current';
const fresh = new Set<string>();
let isFirst = true;

function begin(id: string): void {
  isFirst = false;
  sessionStorage.setItem(CURRENT, id);
}

/** After a reload the call that was being written goes on; otherwise a new one begins. */
export function firstDraftId(): string {
  const last = isFirst ? sessionStorage.getItem(CURRENT) : null;
  return last && readLocal(last) ? last : newDraftId();
}

/** A draft that an earlier tab or a crash left on this device. */
export function forgottenDraft(current: string): string | null {
  const other = Object.keys(localStorage).find((key) => key.startsWith(place('')) && key !== place(current));
  return other?.slice(place('').length) ?? null;
}

/** A draft made just now is not asked of the server. */
export function newDraftId(): string {
  const id = newKey();
  fresh.add(id);
  return id;
}

function isUnsaved(id: string): boolean {
  return fresh.has(id);
}
