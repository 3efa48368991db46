/** The folded fields. Closed, the filled values are shown; opened, they are edited. */
import { useState } from 'react';
import { RightOutlined } from '@ant-design/icons';
import { Input, InputNumber, Select } from 'antd';
import type { CallForm, Catalogue } from '@/api/intake';
import { Field } from '@/kit/Field';
import { fenOf, yuanText } from '@/kit/Money';
import { useWords } from '@/lib/words';
import type { FieldsProps } from './Fields';
import { filledMore } from './form';
import styles from './newcall.module.css';

const PEOPLE_MAX = 5000;

const flag = (value: boolean | null) => (value === null ? null : value ? 'yes' : 'no');

export function MoreFields({ form, change, errorOf, catalogue }: FieldsProps & { catalogue: Catalogue | undefined }) {
  const { t, say } = useWords();
  const [open, setOpen] = useState(false);
  const { filled, of } = filledMore(form);
  const region = catalogue?.regions.find((one) => one.code === form.region);
  return (
    <div>
      <button type="button" className={styles.more} aria-expanded={open} onClick={() => setOpen(!open)}>
        <RightOutlined aria-hidden rotate={open ? 90 : 0} />
        <b>{t('call.more')}</b>
        <span className={styles.quiet}>{t('call.more_filled', { filled, of })}</span>
        {form.claimant_count > 1 && (
          <span className={styles.moreValue}>
            {t('call.people')} <b>{t('call.people_value', { count: form.claimant_count })}</b>
          </span>
        )}
        {form.amount_fen !== null && (
          <span className={styles.moreValue}>
            {t('call.amount')} <b>{t('kit.yuan', { amount: yuanText(form.amount_fen) })}</b>
          </span>
        )}
        {region && (
          <span className={styles.moreValue}>
            {t('call.region')} <b>{say(region.label)}</b>
          </span>
        )}
        {form.confidential !== 'none' && (
          <span className={styles.moreValue}>
            {t('call.confidential')} <b>{t(`call.confidential_${form.confidential}`)}</b>
          </span>
        )}
      </button>
      {open && <MoreGrid form={form} change={change} errorOf={errorOf} catalogue={catalogue} />}
    </div>
  );
}

function MoreGrid({ form, change, errorOf, catalogue }: FieldsProps & { catalogue: Catalogue | undefined }) {
  const { t, say } = useWords();
  const [amount, setAmount] = useState(form.amount_fen === null ? '' : yuanText(form.amount_fen));
  const yesNo = (['yes', 'no'] as const).map((value) => ({ value, label: t(`call.${value}`) }));
  return (
    <div className={styles.moreGrid}>
      <Field label={t('call.people')} error={errorOf('claimant_count')}>
        {(ids) => <InputNumber {...ids} className={styles.wide} min={1} max={PEOPLE_MAX} value={form.claimant_count} onChange={(value) => change({ claimant_count: value ?? 1 })} />}
      </Field>
      <Field label={t('call.amount')} error={errorOf('amount_fen') ?? (amount !== '' && fenOf(amount) === null ? t('call.bad_amount') : null)}>
        {(ids) => (
          <Input
            {...ids}
            value={amount}
            inputMode="decimal"
            onChange={(event) => {
              setAmount(event.target.value);
              change({ amount_fen: event.target.value === '' ? null : fenOf(event.target.value) });
            }}
          />
        )}
      </Field>
      <Field label={t('call.region')} error={errorOf('region')}>
        {(ids) => (
          <Select
            {...ids}
            className={styles.wide}
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            value={form.region}
            options={(catalogue?.regions ?? []).map((one) => ({ value: one.code, label: say(one.label) }))}
            onChange={(region: string | undefined) => change({ region: region ?? null })}
          />
        )}
      </Field>
      <Field label={t('call.id_no')} error={errorOf('id_no')}>
        {(ids) => <Input {...ids} value={form.id_no} maxLength={18} autoComplete="off" onChange={(event) => change({ id_no: event.target.value.toUpperCase() })} />}
      </Field>
      <Pick label={t('call.gender')} value={form.gender} items={(['male', 'female'] as const).map((value) => ({ value, label: t(`call.${value}`) }))} onPick={(gender) => change({ gender })} />
      <Pick label={t('call.migrant')} value={flag(form.migrant)} items={yesNo} onPick={(value) => change({ migrant: value === 'yes' })} />
      <Pick label={t('call.member')} value={flag(form.member)} items={yesNo} onPick={(value) => change({ member: value === 'yes' })} />
      <Pick label={t('call.channel')} value={form.channel} items={(catalogue?.channels ?? []).map((one) => ({ value: one.code, label: say(one.label) }))} onPick={(channel) => change({ channel })} />
      <Pick
        label={t('call.confidential')}
        value={form.confidential}
        items={(['none', 'from_employer', 'full'] as const).map((value) => ({ value, label: t(`call.confidential_${value}`) }))}
        onPick={(confidential: CallForm['confidential']) => change({ confidential })}
      />
      <Pick
        label={t('call.call_back')}
        value={form.call_back}
        items={(['phone', 'sms', 'none'] as const).map((value) => ({ value, label: t(`call.call_back_${value}`) }))}
        onPick={(call_back: CallForm['call_back']) => change({ call_back })}
      />
    </div>
  );
}

interface PickProps<Value extends string> {
  label: string;
  value: Value | null;
  items: { value: Value; label: string }[];
  onPick: (value: Value) => void;
}

function Pick<Value extends string>({ label, value, items, onPick }: PickProps<Value>) {
  return (
    <Field label={label}>
      {(ids) => <Select<Value> {...ids} className={styles.wide} value={value} options={items} onChange={onPick} />}
    </Field>
  );
}
