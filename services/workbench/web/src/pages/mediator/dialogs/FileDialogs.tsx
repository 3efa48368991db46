/** The file of a dispute: papers, the letter on arbitration, sessions planned and held. */
import { CheckCircleFilled } from '@ant-design/icons';
import { Input } from 'antd';
import { deeds, PAPERS, RECEIPTS, type Paper, type Receipt } from '@/api/mediation';
import { Act } from '@/kit/Act';
import { Choices } from '@/kit/Choices';
import { Dialog } from '@/kit/Dialog';
import { Empty } from '@/kit/states';
import { Field } from '@/kit/Field';
import { dayOf, timeOf } from '@/lib/dates';
import { useServerNow } from '@/lib/serverTime';
import { useWords } from '@/lib/words';
import { DeedDialog, Refusal, useForm } from '../shared/DeedDialog';
import { instantOf, localOf, today } from '../shared/days';
import { useDeed } from '../shared/useDispute';
import { IN_DIALOG, type DialogProps } from './StartDialogs';
import styles from '../shared/shared.module.css';

const STEP_MS = 60_000;

export function PapersDialog({ page, onClose }: DialogProps) {
  const { t } = useWords();
  const filed = page.content?.file_items ?? [];
  const wanted = PAPERS.find((paper) => page.missing.some((one) => one.code === `file_lacks_${paper}`));
  const [form, change] = useForm({ paper: wanted ?? null } as { paper: Paper | null });
  return (
    <DeedDialog page={page} title={t('mediation.papers_title')} note={t('mediation.papers_note')} verb={t('mediation.papers_verb')} onClose={onClose} deed={form.paper ? deeds.paper(form.paper) : null} blocked={form.paper ? false : t('mediation.choose_first')} width={640}>
      <ul>
        {filed.map((one) => (
          <li key={one} className={styles.line}>
            <CheckCircleFilled className={styles.good} aria-hidden /> {t(`mediation.paper_${one}`)}
          </li>
        ))}
      </ul>
      <Choices items={PAPERS.filter((one) => !filed.includes(one)).map((value) => ({ value, label: t(`mediation.paper_${value}`) }))} value={form.paper} onChange={(paper) => change({ paper })} label={t('mediation.papers_title')} layer={IN_DIALOG} />
    </DeedDialog>
  );
}

export function AdviceDialog({ page, onClose }: DialogProps) {
  const { t } = useWords();
  const [form, change] = useForm({ receipt: null, on: today() } as { receipt: Receipt | null; on: string });
  return (
    <DeedDialog
      page={page}
      title={t('mediation.advice_title')}
      note={page.content?.advice ? t('mediation.advice_issued', { day: page.content.advice.issued_on }) : null}
      verb={t('mediation.record')}
      onClose={onClose}
      deed={form.receipt ? deeds.advice(form.receipt, form.on || null) : null}
      blocked={form.receipt ? false : t('mediation.choose_first')}
    >
      <Choices items={RECEIPTS.map((value) => ({ value, label: t(`mediation.receipt_${value}`) }))} value={form.receipt} onChange={(receipt) => change({ receipt })} label={t('mediation.advice_title')} layer={IN_DIALOG} />
      <Field label={t('mediation.on')}>{(ids) => <Input {...ids} type="date" max={today()} value={form.on} onChange={(event) => change({ on: event.target.value })} />}</Field>
    </DeedDialog>
  );
}

const HOW = ['plan', 'held'] as const;

export function SessionsDialog({ page, onClose }: DialogProps) {
  const { t } = useWords();
  const now = useServerNow(STEP_MS);
  const state = useDeed(page);
  const [form, change] = useForm({ how: 'plan', at: localOf(now.toISOString()) } as { how: (typeof HOW)[number]; at: string });
  const sessions = page.content?.sessions ?? [];
  const submit = async () => {
    const held = form.how === 'held' ? form.at.slice(0, today().length) : null;
    if (await state.send(deeds.planSession(instantOf(form.at), held))) onClose();
  };
  return (
    <Dialog open title={t('mediation.sessions_title')} onClose={onClose} verb={t(`mediation.session_${form.how}_verb`)} onSubmit={() => void submit()} busy={state.busy} blocked={form.at ? false : t('mediation.choose_first')} width={600}>
      <ul>
        {sessions.map((one) => (
          <li key={one.id} className={styles.line}>
            <span className={styles.grow}>
              {dayOf(new Date(one.planned_at), now, t)} {timeOf(new Date(one.planned_at))}
            </span>
            {one.held_on ? (
              <span>{t('mediation.session_was', { day: one.held_on })}</span>
            ) : (
              <Act size="row" busy={state.busy} onAct={() => void state.send(deeds.sessionHeld(one.id, today()))}>
                {t('mediation.session_done')}
              </Act>
            )}
          </li>
        ))}
        {sessions.length === 0 && <Empty title={t('mediation.no_sessions')} />}
      </ul>
      <Choices items={HOW.map((value) => ({ value, label: t(`mediation.session_${value}`) }))} value={form.how} onChange={(how) => change({ how })} label={t('mediation.sessions_title')} layer={IN_DIALOG} />
      <Field label={t('mediation.session_at')} required>
        {(ids) => <Input {...ids} type="datetime-local" value={form.at} onChange={(event) => change({ at: event.target.value })} />}
      </Field>
      <Refusal state={state} />
    </Dialog>
  );
}
