/** The questions of this stage: one open at a time, each with a numbered conclusion and a note; the judgement is the last. */
import { useState, type ReactNode } from 'react';
import { CheckCircleFilled, CloudOutlined, CloudSyncOutlined, ExclamationCircleFilled } from '@ant-design/icons';
import { Input } from 'antd';
import type { Conclusion, DisputePage, Stage } from '@/api/mediation';
import { Choices } from '@/kit/Choices';
import { KeyCap } from '@/kit/KeyCap';
import { Panel } from '@/kit/Panel';
import { secondsOf } from '@/lib/dates';
import { useKey } from '@/lib/keys';
import { useWords } from '@/lib/words';
import { Refusal } from '../shared/DeedDialog';
import { useSaid } from '../shared/useDispute';
import { conclusionOf, JUDGEMENT, noteOf } from './draft';
import type { AssessmentForm } from './useAssessment';
import styles from './assessment.module.css';

const CONCLUSIONS: readonly Conclusion[] = ['yes', 'partly', 'no', 'not_applicable'];
const NOTE_CHARS_MAX = 2000;
const TONES: Record<Conclusion, string> = { yes: 'done', partly: 'done', no: 'soon', not_applicable: 'paused' };

interface Props {
  page: DisputePage;
  stage: Stage;
  form: AssessmentForm;
  /** The item a link asked for. */
  asked: string | null;
}

export function Checklist({ page, stage, form, asked }: Props) {
  const { t } = useWords();
  const said = useSaid();
  const items = stage.checklist.filter((one) => one.from_grade <= page.grade);
  const names = [...items.map((one) => one.id), JUDGEMENT];
  const lacks = (name: string): boolean => page.missing.some((one) => one.cure === `assessment.${stage.id}.${name}`);
  const isDone = (name: string): boolean => Boolean(form.fields[name === JUDGEMENT ? JUDGEMENT : conclusionOf(name)]) && !lacks(name);
  const [open, setOpen] = useState(() => names.find((one) => one === asked) ?? names.find((one) => !isDone(one)) ?? JUDGEMENT);
  const step = (by: number) => setOpen(names[Math.min(Math.max(names.indexOf(open) + by, 0), names.length - 1)] ?? open);
  useKey('down', () => step(1));
  useKey('up', () => step(-1));
  const row = (name: string, index: number) => ({ index, form, done: isDone(name), open: open === name && !form.locked, onOpen: () => setOpen(name) });
  return (
    <Panel grow title={t('assess.checklist')} count={t('assess.progress', { done: names.filter(isDone).length, all: names.length })} action={<SaveState form={form} />}>
      {items.map((item, index) => (
        <Item key={item.id} {...row(item.id, index)} name={item.id} title={said(item)} />
      ))}
      <Judgement {...row(JUDGEMENT, items.length)} />
    </Panel>
  );
}

function Item({ name, title, index, form: { fields, change }, done, open, onOpen }: RowProps & { name: string; title: string }) {
  const { t } = useWords();
  const conclusion = CONCLUSIONS.find((one) => one === fields[conclusionOf(name)]) ?? null;
  const note = fields[noteOf(name)] ?? '';
  if (!open) {
    return <Closed index={index} done={done} title={title} tail={conclusion && <span className={styles[TONES[conclusion]]}>{t(`assess.conclusion_${conclusion}`)}</span>} note={note} onOpen={onOpen} />;
  }
  return (
    <Opened index={index} title={title} hint>
      <Choices items={CONCLUSIONS.map((value) => ({ value, label: t(`assess.conclusion_${value}`) }))} value={conclusion} onChange={(value) => change(conclusionOf(name), value)} label={t('assess.conclusion')} />
      <Input.TextArea className={styles.text} aria-label={t('assess.note')} placeholder={t('assess.note_hint')} value={note} maxLength={NOTE_CHARS_MAX} rows={5} onChange={(event) => change(noteOf(name), event.target.value)} />
    </Opened>
  );
}

function Judgement({ index, form: { fields, change }, done, open, onOpen }: RowProps) {
  const { t } = useWords();
  const text = fields[JUDGEMENT] ?? '';
  if (!open) return <Closed index={index} done={done} title={t('assess.judgement')} tail={null} note={text} onOpen={onOpen} />;
  return (
    <Opened index={index} title={t('assess.judgement')}>
      <Input.TextArea className={styles.text} aria-label={t('assess.judgement')} placeholder={t('assess.judgement_hint')} value={text} maxLength={NOTE_CHARS_MAX} rows={8} onChange={(event) => change(JUDGEMENT, event.target.value)} />
    </Opened>
  );
}

interface RowProps {
  index: number;
  form: AssessmentForm;
  done: boolean;
  open: boolean;
  onOpen: () => void;
}

function Closed({ index, done, title, tail, note, onOpen }: { index: number; done: boolean; title: ReactNode; tail: ReactNode; note: string; onOpen: () => void }) {
  const { t } = useWords();
  return (
    <button type="button" className={styles.item} onClick={onOpen}>
      {done ? (
        <CheckCircleFilled className={styles.tick} aria-label={t('mediation.is_met')} />
      ) : note || tail ? (
        <ExclamationCircleFilled className={styles.bang} aria-label={t('mediation.is_missing')} />
      ) : (
        <span className={styles.number}>{index + 1}</span>
      )}
      <span className={styles.itemTitle}>{title}</span>
      <b className={styles.tail}>{tail}</b>
      <span className={styles.itemNote}>{note || (done ? '' : t('assess.not_filled'))}</span>
    </button>
  );
}

function Opened({ index, title, hint, children }: { index: number; title: ReactNode; hint?: boolean; children: ReactNode }) {
  const { t } = useWords();
  return (
    <section className={`${styles.item} ${styles.opened}`}>
      <span className={`${styles.number} ${styles.numberOn}`}>{index + 1}</span>
      <h3 className={styles.itemTitle}>{title}</h3>
      <span className={styles.tail}>
        {hint && (
          <>
            <KeyCap>1</KeyCap>–<KeyCap>{CONCLUSIONS.length}</KeyCap> {t('assess.choose')}
          </>
        )}
      </span>
      <div className={styles.answer}>{children}</div>
    </section>
  );
}

function SaveState({ form }: { form: AssessmentForm }) {
  const { t } = useWords();
  if (form.problem && form.dirty) return <Refusal state={form} />;
  const words = form.saving
    ? t('assess.saving')
    : form.dirty
      ? t('assess.unsaved')
      : form.savedAt
        ? t('assess.saved_at', { time: secondsOf(form.savedAt) })
        : form.saved
          ? t('assess.version', { n: form.saved.version })
          : t('assess.autosaves');
  return (
    <span className={styles.saveState} role="status">
      {form.saving ? <CloudSyncOutlined aria-hidden /> : <CloudOutlined aria-hidden />} {words}
    </span>
  );
}
