/** Uploads opinions that were submitted while the line was down, as soon as it is back. */
import { useEffect, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { Problem } from '@/api/client';
import { deeds, getDispute, sendDeed } from '@/api/mediation';
import { toast } from '@/kit/toasts';
import { useWords } from '@/lib/words';
import { allDrafts, dropDraft, keepDraft, type OpinionDraft } from './drafts';

const TRY_EACH_MS = 30_000;

export function useUpload(): Map<string, OpinionDraft> {
  const words = useWords();
  const latest = useRef(words);
  const client = useQueryClient();
  const [drafts, setDrafts] = useState(allDrafts);

  useEffect(() => {
    latest.current = words;
  });
  useEffect(() => {
    let busy = false;
    const upload = async (disputeId: string, draft: OpinionDraft) => {
      const { facts, analysis, advice } = draft;
      const { version } = await getDispute(disputeId);
      await sendDeed(disputeId, deeds.opinion({ facts, analysis, advice }), version, draft.key);
      dropDraft(disputeId);
      toast('done', latest.current.t('lawyer.uploaded'));
      void client.invalidateQueries();
    };
    const run = async () => {
      if (busy) return;
      busy = true;
      for (const [id, draft] of allDrafts()) {
        if (!draft.queued) continue;
        try {
          await upload(id, draft);
        } catch (cause) {
          if (!(cause instanceof Problem)) throw cause;
          if (cause.isOffline) break;
          // The server refused it: it waits for its author, with the reason on the screen.
          keepDraft(id, draft, new Date(draft.saved_at));
          toast('over', latest.current.explain(cause));
        }
      }
      busy = false;
      setDrafts(allDrafts());
    };
    void run();
    const timer = window.setInterval(() => void run(), TRY_EACH_MS);
    const again = () => void run();
    window.addEventListener('online', again);
    return () => {
      window.clearInterval(timer);
      window.removeEventListener('online', again);
    };
  }, [client]);

  return drafts;
}
