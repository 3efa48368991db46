/** Who works on the dispute: mediators, the lawyer, and a claimant in hardship handed to welfare. */
import { Select } from 'antd';
import { InfoCircleOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { getComparison } from '@/api/lawyers';
import { deeds } from '@/api/mediation';
import { Choices } from '@/kit/Choices';
import { Empty, QueryState } from '@/kit/states';
import { Field } from '@/kit/Field';
import { dayOf, timeOf } from '@/lib/dates';
import { useServerNow } from '@/lib/serverTime';
import { useWords } from '@/lib/words';
import { Compared } from '../../common/Compared';
import { DeedDialog, useForm } from '../shared/DeedDialog';
import { useCaseOf, usePeople } from '../shared/useDispute';
import { IN_DIALOG, type DialogProps } from './StartDialogs';
import styles from '../shared/shared.module.css';

const STEP_MS = 60_000;

function useStaffOptions(role: string) {
  const { t } = useWords();
  return usePeople().of(role).map((one) => ({ value: one.staff_id, label: t('mediation.staff_option', { name: one.name, org: one.org.name, n: one.open_disputes }) }));
}

export function MediatorsDialog({ page, onClose }: DialogProps) {
  const { t } = useWords();
  const options = useStaffOptions('mediator');
  const [form, change] = useForm({ ids: page.mediator_ids });
  return (
    <DeedDialog
      page={page}
      title={t('mediation.mediators_title')}
      note={t('mediation.mediators_note')}
      verb={t('mediation.assign')}
      onClose={onClose}
      deed={form.ids.length === 0 ? null : deeds.mediators(form.ids)}
      blocked={form.ids.length === 0 ? t('mediation.choose_first') : false}
    >
      <Field label={t('mediation.mediators_field')} required>
        {(ids) => (
          <Select {...ids} mode="multiple" value={form.ids} onChange={(next: string[]) => change({ ids: next })} options={options} optionFilterProp="label" style={{ width: '100%' }} notFoundContent={t('mediation.nobody_found')} />
        )}
      </Field>
    </DeedDialog>
  );
}

const HOW = ['next', 'named'] as const;

export function LawyerDialog({ page, onClose }: DialogProps) {
  const { t, language } = useWords();
  const now = useServerNow(STEP_MS);
  const options = useStaffOptions('lawyer');
  const people = usePeople();
  const [form, change] = useForm({ how: 'next', id: null } as { how: (typeof HOW)[number]; id: string | null });
  const mayOffer = page.allowed.includes('offer_to_lawyer');
  const named = form.how === 'named' ? form.id : null;
  const compared = useQuery({ queryKey: ['dispute', page.dispute_id, 'comparison', named], queryFn: () => getComparison(page.dispute_id, named ?? ''), enabled: named !== null });
  const check = named === null ? undefined : compared.data;
  const blocked = form.how === 'named' && form.id === null ? t('mediation.choose_first') : check?.conflict ? t('mediation.lawyer_conflict') : false;
  return (
    <DeedDialog
      page={page}
      title={t('mediation.lawyer_title')}
      note={t('mediation.lawyer_note')}
      verb={mayOffer ? t(form.how === 'next' ? 'mediation.lawyer_ask' : 'mediation.assign') : undefined}
      onClose={onClose}
      deed={blocked ? null : deeds.lawyer(named)}
      blocked={blocked}
      width={640}
    >
      <ul>
        {page.offers.map((one) => (
          <li key={one.id} className={styles.line}>
            <b>{people.nameOf(one.lawyer_id)}</b>
            <span>{t(`mediation.offer_${one.state}`)}</span>
            {one.decline_reason && <span>{t(`mediation.decline_${one.decline_reason}`)}</span>}
            <span className={`${styles.note} ${styles.grow}`}>{language === 'en' ? one.explanation_en : one.explanation_zh}</span>
            <span className={styles.note}>{t('mediation.until', { when: `${dayOf(new Date(one.expires_at), now, t)} ${timeOf(new Date(one.expires_at))}` })}</span>
          </li>
        ))}
        {page.offers.length === 0 && <Empty title={t('mediation.no_offers')} />}
      </ul>
      {mayOffer && (
        <>
          <Choices items={HOW.map((value) => ({ value, label: t(`mediation.lawyer_${value}`) }))} value={form.how} onChange={(how) => change({ how })} label={t('mediation.lawyer_how')} layer={IN_DIALOG} />
          {form.how === 'named' && (
            <Field label={t('mediation.lawyer_field')} required>
              {(ids) => <Select {...ids} showSearch={{ optionFilterProp: 'label' }} value={form.id} onChange={(id: string) => change({ id })} options={options} style={{ width: '100%' }} notFoundContent={t('mediation.nobody_found')} />}
            </Field>
          )}
          {check && <Compared check={check} own={false} />}
        </>
      )}
    </DeedDialog>
  );
}

const PROGRAMMES = ['accident', 'living', 'tuition', 'warmth'] as const;

export function HardshipDialog({ page, onClose }: DialogProps) {
  const { t } = useWords();
  const around = useCaseOf(page);
  const [form, change] = useForm({ party: null, programme: 'accident' } as { party: string | null; programme: (typeof PROGRAMMES)[number] });
  return (
    <DeedDialog
      page={page}
      title={t('mediation.hardship_title')}
      note={t('mediation.hardship_note')}
      verb={t('mediation.hardship_verb')}
      onClose={onClose}
      deed={form.party === null ? null : deeds.hardship(form.party, form.programme)}
      blocked={form.party === null ? t('mediation.choose_first') : false}
      width={600}
    >
      <QueryState query={around} rows={1}>
        {(known) => (
          <Field label={t('mediation.hardship_who')} required>
            {(ids) => (
              <Select {...ids} value={form.party} onChange={(party: string) => change({ party })} options={known.parties.claimants.items.map((one) => ({ value: one.party_id, label: one.name_masked }))} style={{ width: '100%' }} />
            )}
          </Field>
        )}
      </QueryState>
      <Choices items={PROGRAMMES.map((value) => ({ value, label: t(`mediation.programme_${value}`) }))} value={form.programme} onChange={(programme) => change({ programme })} label={t('mediation.hardship_programme')} layer={IN_DIALOG} />
      <p className={styles.info}>
        <InfoCircleOutlined aria-hidden /> {t('mediation.hardship_info')}
      </p>
    </DeedDialog>
  );
}
