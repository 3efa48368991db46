/** Acts that change the course of a dispute: waive, send back, stand still, extend, end, archive; and the grade. */
import { InfoCircleOutlined } from '@ant-design/icons';
import { Input, Select } from 'antd';
import { deeds, OUTCOMES, type Failure } from '@/api/mediation';
import type { Grade as GradeCode } from '@/api/types';
import { Choices } from '@/kit/Choices';
import { Field } from '@/kit/Field';
import { GrowingText } from '@/kit/GrowingText';
import { useWords } from '@/lib/words';
import { DeedDialog, useForm } from '../shared/DeedDialog';
import { today } from '../shared/days';
import { IN_DIALOG, type DialogProps } from './StartDialogs';
import styles from '../shared/shared.module.css';

const REASON_CHARS_MIN = 2;
const REASON_CHARS_MAX = 500;

function Reason({ value, onChange, label, required = true }: { value: string; onChange: (reason: string) => void; label: string; required?: boolean }) {
  return (
    <Field label={label} required={required}>
      {(ids) => <GrowingText ids={ids} value={value} maxLength={REASON_CHARS_MAX} onChange={onChange} />}
    </Field>
  );
}

function Info({ children }: { children: string }) {
  return (
    <p className={styles.info}>
      <InfoCircleOutlined aria-hidden /> <span>{children}</span>
    </p>
  );
}

const isWritten = (reason: string): boolean => reason.trim().length >= REASON_CHARS_MIN;

export function WaiveDialog({ page, onClose }: DialogProps) {
  const { t } = useWords();
  const [form, change] = useForm({ reason: '' });
  return (
    <DeedDialog page={page} title={t('mediation.waive_title')} verb={t('mediation.waive_verb')} onClose={onClose} deed={isWritten(form.reason) ? deeds.waive(form.reason) : null} blocked={isWritten(form.reason) ? false : t('mediation.write_reason')}>
      <Reason value={form.reason} onChange={(reason) => change({ reason })} label={t('mediation.waive_reason')} />
      <Info>{t('mediation.waive_info')}</Info>
    </DeedDialog>
  );
}

export function SendBackDialog({ page, onClose }: DialogProps) {
  const { t } = useWords();
  const [form, change] = useForm({ reason: '' });
  return (
    <DeedDialog page={page} title={t('mediation.send_back_title')} verb={t('mediation.send_back_verb')} onClose={onClose} deed={isWritten(form.reason) ? deeds.sendBack(form.reason) : null} blocked={isWritten(form.reason) ? false : t('mediation.write_reason')}>
      <Reason value={form.reason} onChange={(reason) => change({ reason })} label={t('mediation.reason')} />
    </DeedDialog>
  );
}

export function StandstillDialog({ page, onClose }: DialogProps) {
  const { t } = useWords();
  const act = page.acts.includes('resume') ? 'resume' : 'suspend';
  const [form, change] = useForm({ reason: '' });
  return (
    <DeedDialog page={page} title={t(`mediation.${act}_title`)} verb={t(`mediation.${act}_verb`)} danger={act === 'suspend'} onClose={onClose} deed={isWritten(form.reason) ? deeds.standstill(act, form.reason) : null} blocked={isWritten(form.reason) ? false : t('mediation.write_reason')}>
      <Reason value={form.reason} onChange={(reason) => change({ reason })} label={t('mediation.reason')} />
      <Info>{t('mediation.standstill_info')}</Info>
    </DeedDialog>
  );
}

export function ExtendDialog({ page, onClose }: DialogProps) {
  const { t } = useWords();
  const movable = page.deadlines.filter((one) => one.latest !== null);
  const [form, change] = useForm({ kind: movable[0]?.kind ?? null, to: '' } as { kind: string | null; to: string });
  const latest = movable.find((one) => one.kind === form.kind)?.latest ?? undefined;
  const ready = form.kind !== null && form.to !== '';
  return (
    <DeedDialog page={page} title={t('mediation.extend_title')} note={t('mediation.extend_note')} verb={t('mediation.extend_verb')} onClose={onClose} deed={form.kind !== null && form.to !== '' ? deeds.extend(form.kind, form.to) : null} blocked={ready ? false : t(movable.length === 0 ? 'mediation.extend_none' : 'mediation.choose_first')}>
      <Field label={t('mediation.extend_kind')} required>
        {(ids) => (
          <Select {...ids} value={form.kind} onChange={(kind: string) => change({ kind })} options={movable.map((one) => ({ value: one.kind, label: t('mediation.deadline_line', { what: t(`mediation.deadline_${one.kind}`), day: one.effective }) }))} style={{ width: '100%' }} />
        )}
      </Field>
      <Field label={t('mediation.extend_to')} required>
        {(ids) => <Input {...ids} type="date" min={today()} max={latest} value={form.to} onChange={(event) => change({ to: event.target.value })} />}
      </Field>
      {latest && <p className={styles.note}>{t('mediation.extend_latest', { day: latest })}</p>}
    </DeedDialog>
  );
}

export function EndDialog({ page, onClose }: DialogProps) {
  const { t } = useWords();
  const [form, change] = useForm({ outcome: null, reason: '' } as { outcome: Failure | null; reason: string });
  return (
    <DeedDialog page={page} title={t('mediation.end_title')} note={t('mediation.end_note')} verb={t('mediation.end_verb')} danger onClose={onClose} deed={form.outcome ? deeds.end(form.outcome, form.reason) : null} blocked={form.outcome ? false : t('mediation.choose_first')} width={600}>
      <Field label={t('mediation.end_code')} required>
        {(ids) => <Select {...ids} value={form.outcome} onChange={(outcome: Failure) => change({ outcome })} options={OUTCOMES.map((value, index) => ({ value, label: `${index + 1} · ${t(`mediation.outcome_${value}`)}` }))} style={{ width: '100%' }} />}
      </Field>
      <Reason value={form.reason} onChange={(reason) => change({ reason })} label={t('mediation.remark')} required={false} />
      <Info>{t('mediation.end_info')}</Info>
    </DeedDialog>
  );
}

export function ArchiveDialog({ page, onClose }: DialogProps) {
  const { t } = useWords();
  return (
    <DeedDialog page={page} title={t('mediation.archive_title')} verb={t('mediation.archive_verb')} onClose={onClose} deed={deeds.archive()}>
      <Info>{t('mediation.archive_info')}</Info>
    </DeedDialog>
  );
}

/** Confirm the grade as it stands, or propose another one: only the server says who may lower it. */
export function GradeDialog({ page, onClose, wanted }: DialogProps & { wanted?: GradeCode }) {
  const { t } = useWords();
  const grades = Object.keys(page.ladder) as GradeCode[];
  const mayLower = page.allowed.includes('lower_grade');
  const [form, change] = useForm({ grade: wanted ?? page.grade, reason: '' });
  const same = form.grade === page.grade;
  const ready = same || isWritten(form.reason);
  return (
    <DeedDialog
      page={page}
      title={t('mediation.grade_title', { grade: page.grade })}
      note={t('mediation.grade_note')}
      verb={t(same ? 'mediation.grade_confirm' : 'mediation.grade_change', { grade: form.grade })}
      onClose={onClose}
      deed={ready ? deeds.grade(form.grade, form.reason) : null}
      blocked={ready ? false : t('mediation.write_reason')}
    >
      <Choices items={(mayLower ? grades : [page.grade]).map((value) => ({ value, label: value }))} value={form.grade} onChange={(grade) => change({ grade })} label={t('mediation.grade_choose')} layer={IN_DIALOG} />
      {!same && <Reason value={form.reason} onChange={(reason) => change({ reason })} label={t('mediation.grade_reason')} />}
      <Info>{t(mayLower ? 'mediation.grade_info' : 'mediation.grade_ask')}</Info>
    </DeedDialog>
  );
}
