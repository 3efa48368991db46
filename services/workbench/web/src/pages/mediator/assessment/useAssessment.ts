/** The form of one assessment: saved three seconds after the last change, brought together with what others saved. */
import { useEffect, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { Problem } from '@/api/client';
import { deeds, type Assessment, type DisputePage } from '@/api/mediation';
import { serverNow } from '@/lib/serverTime';
import { useDeed } from '../shared/useDispute';
import { fieldsOf, formOf, latest, merge, same, type Fields } from './draft';

const SAVE_AFTER_MS = 3000;

export interface Clash {
  field: string;
  mine: string;
  theirs: string;
}
export interface AssessmentForm {
  /** What the server holds; null before the first save. */
  saved: Assessment | null;
  fields: Fields;
  change: (field: string, value: string) => void;
  dirty: boolean;
  saving: boolean;
  savedAt: Date | null;
  problem: Problem | null;
  /** Saves now; resolves to what the server then holds, or null when it refused. */
  save: () => Promise<Assessment | null>;
  /** Signed content changes only as a new version, with a reason. */
  locked: boolean;
  amend: (reason: string) => void;
  clash: Clash | null;
  settle: (text: string) => void;
}

export function useAssessment(page: DisputePage, stage: string): AssessmentForm {
  const client = useQueryClient();
  const deed = useDeed(page);
  const items = page.stages.find((one) => one.id === stage)?.checklist.map((one) => one.id) ?? [];
  const saved = latest(page.content?.assessments ?? [], stage);
  const [state, setState] = useState(() => ({ seen: fieldsOf(saved), fields: fieldsOf(saved), clashes: [] as Clash[] }));
  const [savedAt, setSavedAt] = useState<Date | null>(null);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState('');

  const theirs = fieldsOf(saved);
  if (!same(theirs, state.seen, items)) {
    const merged = merge(state.seen, state.fields, theirs);
    const clashes = merged.clashes.map((field) => ({ field, mine: state.fields[field] ?? '', theirs: theirs[field] ?? '' }));
    setState({ seen: theirs, fields: merged.fields, clashes: [...state.clashes, ...clashes] });
  }

  const { fields, clashes } = state;
  const clash = clashes[0] ?? null;
  const signed = (saved?.signatures.length ?? 0) > 0;
  const locked = !page.allowed.includes('handle') || page.status !== 'running' || (signed && reason === '');
  const dirty = !same(fields, theirs, items);

  const content = JSON.stringify(formOf(fields, items));

  const save = async (): Promise<Assessment | null> => {
    if (!dirty) return saved;
    setTried(content);
    const answer = await deed.send(deeds.assess(stage, { ...formOf(fields, items), reason: reason || (saved?.reason ?? '') }));
    if (!answer) return null;
    setSavedAt(serverNow());
    const fresh = client.getQueryData<DisputePage>(['dispute', page.dispute_id]);
    return latest(fresh?.content?.assessments ?? [], stage);
  };

  // What was refused is not sent again until it changes; a broken line or a stale version is tried once more.
  const refused = deed.problem !== null && !deed.problem.isOffline && deed.problem.code !== 'stale_version' && tried === content;
  const waiting = dirty && !locked && !deed.busy && clash === null && !refused;
  useEffect(() => {
    if (!waiting) return undefined;
    const timer = window.setTimeout(() => void save(), SAVE_AFTER_MS);
    return () => window.clearTimeout(timer);
    // The content decides: `save` is a new function at every render.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [waiting, content]);

  return {
    saved,
    fields,
    change: (field, value) => setState((was) => ({ ...was, fields: { ...was.fields, [field]: value } })),
    dirty,
    saving: deed.busy,
    savedAt,
    problem: deed.problem,
    save,
    locked,
    amend: setReason,
    clash,
    settle: (text) => setState((was) => ({ ...was, fields: clash ? { ...was.fields, [clash.field]: text } : was.fields, clashes: was.clashes.slice(1) })),
  };
}
