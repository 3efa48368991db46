/** The written opinion in three sections: kept on the phone while typing, handed in when complete, sent later if the line is down. */
import { useEffect, useState, type ReactNode } from 'react';
import { Input } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Problem } from '@/api/client';
import { deeds, sendDeed, type DisputeChanged, type DisputePage, type OpinionText } from '@/api/mediation';
import { Act } from '@/kit/Act';
import { toast } from '@/kit/toasts';
import { timeOf } from '@/lib/dates';
import { serverNow } from '@/lib/serverTime';
import { useWords } from '@/lib/words';
import { Refusal } from '@/pages/mediator/shared/DeedDialog';
import { dropDraft, keepDraft, readDraft, type OpinionDraft } from './drafts';
import { Phone } from './Phone';
import styles from './phone.module.css';

const SECTIONS = ['facts', 'analysis', 'advice'] as const;
const SECTION_CHARS_MAX = 6000;
const KEEP_AFTER_MS = 1000;
const EMPTY: OpinionText = { facts: '', analysis: '', advice: '' };

export function OpinionEditor({ page, about }: { page: DisputePage; about: ReactNode }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [kept, setKept] = useState(() => readDraft(page.dispute_id));
  const given = page.opinion ?? EMPTY;
  const [text, setText] = useState<OpinionText>(() => (kept ? { facts: kept.facts, analysis: kept.analysis, advice: kept.advice } : given));
  const [touched, setTouched] = useState(false);
  const dirty = SECTIONS.some((one) => text[one] !== given[one]);
  const open = SECTIONS.filter((one) => text[one].trim() === '');

  useEffect(() => {
    if (!touched || !dirty) return undefined;
    const timer = window.setTimeout(() => setKept(keepDraft(page.dispute_id, text, serverNow())), KEEP_AFTER_MS);
    return () => window.clearTimeout(timer);
  }, [touched, dirty, text, page.dispute_id]);

  const change = (section: keyof OpinionText, value: string) => {
    setTouched(true);
    setText((was) => ({ ...was, [section]: value }));
  };
  const sending = useMutation<DisputeChanged, Problem, OpinionDraft>({
    // The key of the draft: a later upload of the same text by itself is the same act.
    mutationFn: (draft) => sendDeed(page.dispute_id, deeds.opinion(text), page.version, draft.key),
    networkMode: 'always',
    onSuccess: async () => {
      dropDraft(page.dispute_id);
      setKept(null);
      setTouched(false);
      toast('done', t('lawyer.handed_in'));
      await client.invalidateQueries({ queryKey: ['dispute', page.dispute_id] });
    },
    // Offline it stays queued and goes up by itself; a refusal is for the author.
    onError: (problem) => setKept(keepDraft(page.dispute_id, text, serverNow(), problem.isOffline)),
  });
  const submit = () => {
    const draft = keepDraft(page.dispute_id, text, serverNow(), true);
    setKept(draft);
    sending.mutate(draft);
  };
  const state = (): string => {
    if (sending.isPending) return t('lawyer.sending');
    if (!dirty) return t(page.opinion ? 'lawyer.given' : 'lawyer.not_begun');
    if (kept?.queued) return t('lawyer.queued', { time: timeOf(new Date(kept.saved_at)) });
    return kept ? t('lawyer.kept', { time: timeOf(new Date(kept.saved_at)) }) : t('lawyer.typing');
  };
  return (
    <Phone
      title={t('lawyer.dispute')}
      back="/m/disputes"
      foot={
        <footer className={styles.decide}>
          {sending.error && !sending.error.isOffline && (
            <div className={styles.problem}>
              <Refusal state={{ problem: sending.error }} />
            </div>
          )}
          <span className={styles.state} role="status">
            {state()}
          </span>
          <Act size="phone" kind="primary" busy={sending.isPending} blocked={open.length > 0 ? t('lawyer.sections_open', { n: open.length }) : dirty ? false : t('lawyer.nothing_new')} onAct={submit}>
            {t('lawyer.hand_in')}
          </Act>
        </footer>
      }
    >
      {about}
      <section>
        <h2 className={styles.section}>
          {t('lawyer.opinion')} <span>{t('lawyer.written', { n: SECTIONS.length - open.length, all: SECTIONS.length })}</span>
        </h2>
        <div className={`${styles.card} ${styles.opinion}`}>
          {SECTIONS.map((one) => (
            <label key={one}>
              <b>{t(`lawyer.section_${one}`)}</b>
              <Input.TextArea value={text[one]} maxLength={SECTION_CHARS_MAX} rows={6} placeholder={t(`lawyer.section_${one}_hint`)} onChange={(event) => change(one, event.target.value)} />
            </label>
          ))}
        </div>
      </section>
    </Phone>
  );
}
