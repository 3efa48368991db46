/** On whose initiative it is mediated: each track has its own clocks, said before they are counted anew. */
import { InfoCircleOutlined } from '@ant-design/icons';
import { Input, Select } from 'antd';
import { deeds, STARTED_BY_PAPERS, TRACKS, type Track } from '@/api/mediation';
import { Field } from '@/kit/Field';
import { useWords } from '@/lib/words';
import { DeedDialog, useForm } from '../shared/DeedDialog';
import { today } from '../shared/days';
import type { DialogProps } from './StartDialogs';
import styles from '../shared/shared.module.css';

export function TrackDialog({ page, onClose }: DialogProps) {
  const { t } = useWords();
  const [form, change] = useForm({ track: page.track, on: today() } as { track: Track; on: string });
  const asksDay = STARTED_BY_PAPERS.includes(form.track);
  const ready = !asksDay || form.on !== '';
  return (
    <DeedDialog page={page} title={t('mediation.track_title')} note={t('mediation.track_note')} verb={t('mediation.record')} onClose={onClose} deed={ready ? deeds.track(form.track, asksDay ? form.on : null) : null} blocked={ready ? false : t('mediation.choose_first')} width={600}>
      <Field label={t('mediation.track_title')} required>
        {(ids) => <Select {...ids} value={form.track} onChange={(track: Track) => change({ track })} options={TRACKS.map((value) => ({ value, label: t(`mediation.track_${value}`) }))} style={{ width: '100%' }} />}
      </Field>
      {asksDay && (
        <Field label={t(form.track === 'arbitration' ? 'mediation.track_agreed_on' : 'mediation.track_signed_on')} required>
          {(ids) => <Input {...ids} type="date" max={today()} value={form.on} onChange={(event) => change({ on: event.target.value })} />}
        </Field>
      )}
      <p className={styles.info}>
        <InfoCircleOutlined aria-hidden /> <span>{t(`mediation.track_rule_${form.track}`)}</span>
      </p>
      <p className={styles.note}>{t('mediation.track_recount')}</p>
    </DeedDialog>
  );
}
