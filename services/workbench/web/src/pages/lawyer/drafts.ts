/** Opinions kept on the phone: what is typed survives a lost line, a closed browser and a new sign-in, until it is uploaded. */
import { newKey } from '@/api/client';
import type { OpinionText } from '@/api/mediation';

export interface OpinionDraft extends OpinionText {
  saved_at: string;
  /** Submitted while the line was down: goes up by itself. */
  queued: boolean;
  /** Idempotency key: uploading twice gives one opinion. */
  key: string;
}

const PREFIX = 'nuanliu.opinion.';

export function readDraft(disputeId: string): OpinionDraft | null {
  const text = localStorage.getItem(PREFIX + disputeId);
  try {
    return text ? (JSON.parse(text) as OpinionDraft) : null;
  } catch {
    return null;
  }
}

export function keepDraft(disputeId: string, text: OpinionText, at: Date, queued = false): OpinionDraft {
  const draft = { ...text, saved_at: at.toISOString(), queued, key: readDraft(disputeId)?.key ?? newKey() };
  localStorage.setItem(PREFIX + disputeId, JSON.stringify(draft));
  return draft;
}

export const dropDraft = (disputeId: string): void => localStorage.removeItem(PREFIX + disputeId);

/** Every draft on this phone, by dispute. */
export function allDrafts(): Map<string, OpinionDraft> {
  const found = new Map<string, OpinionDraft>();
  for (let index = 0; index < localStorage.length; index += 1) {
    const name = localStorage.key(index);
    if (!name?.startsWith(PREFIX)) continue;
    const id = name.slice(PREFIX.length);
    const draft = readDraft(id);
    if (draft) found.set(id, draft);
  }
  return found;
}
