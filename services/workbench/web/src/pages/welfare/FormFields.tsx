/** The parts of the form that are plain fields: the person, the account, the consents. */
import { Checkbox, Input, Select } from 'antd';
import { Choices } from '@/kit/Choices';
import { Field } from '@/kit/Field';
import { Panel } from '@/kit/Panel';
import { useWords } from '@/lib/words';
import { isWrongAmount, type TypedForm } from './form';
import type { FormProps } from './FormPage';
import styles from './form.module.css';

const CHARS_MAX = 200;
const STATUSES = ['active', 'retired', 'left', 'deceased'] as const;
const YES_NO = ['yes', 'no'] as const;

type TextName = 'name' | 'id_no' | 'phone' | 'address' | 'employer_name' | 'employer_uscc' | 'situation' | 'income' | 'amount' | 'calamity_cost' | 'calamity' | 'invoice_no' | 'reason';
const WIRE_NAME: Partial<Record<TextName, string>> = { income: 'income_fen', amount: 'amount_fen', calamity_cost: 'calamity_fen' };
const MONEY = new Set<TextName>(['income', 'amount', 'calamity_cost']);

export function TextField({ name, required, wide, form, change, errorOf }: FormProps & { name: TextName; required?: boolean; wide?: boolean }) {
  const { t } = useWords();
  const wrong = MONEY.has(name) && isWrongAmount(form[name]);
  return (
    <Field className={wide ? styles.wide : undefined} label={t(`welfare.f_${name}`)} required={required} error={wrong ? t('welfare.wrong_amount') : errorOf(WIRE_NAME[name] ?? name)}>
      {(ids) => (
        <Input
          {...ids}
          value={form[name]}
          maxLength={CHARS_MAX}
          autoComplete="off"
          inputMode={MONEY.has(name) ? 'decimal' : undefined}
          suffix={MONEY.has(name) ? t('welfare.yuan') : undefined}
          onChange={(event) => change({ [name]: event.target.value } as Partial<TypedForm>)}
        />
      )}
    </Field>
  );
}

/** Yes, no, or not asked yet. */
function YesNo({ label, value, onChange }: { label: string; value: boolean | null; onChange: (value: boolean) => void }) {
  const { t } = useWords();
  return (
    <Field label={label} group>
      {() => (
        <Choices plain items={YES_NO.map((one) => ({ value: one, label: t(`welfare.${one}`) }))} value={value === null ? null : value ? 'yes' : 'no'} onChange={(one) => onChange(one === 'yes')} label={label} />
      )}
    </Field>
  );
}

export function PersonFields(props: FormProps) {
  const { t } = useWords();
  const { form, change, errorOf } = props;
  return (
    <Panel title={t('welfare.person')}>
      <div className={styles.grid}>
        <TextField {...props} name="name" required />
        <TextField {...props} name="id_no" required />
        <TextField {...props} name="phone" required />
        <Field label={t('welfare.f_status')} error={errorOf('status')}>
          {(ids) => <Select {...ids} style={{ width: '100%' }} value={form.status} options={STATUSES.map((value) => ({ value, label: t(`welfare.status_${value}`) }))} onChange={(status) => change({ status })} />}
        </Field>
        <TextField {...props} name="address" required wide />
        <TextField {...props} name="employer_name" required wide />
        <TextField {...props} name="situation" required wide />
        <TextField {...props} name="income" required />
        <TextField {...props} name="amount" required />
      </div>
    </Panel>
  );
}

export function AccountFields({ form, change, errorOf }: FormProps) {
  const { t } = useWords();
  const set = (part: Partial<TypedForm['account']>) => change({ account: { ...form.account, ...part } });
  return (
    <Panel title={t('welfare.f_account')}>
      <div className={styles.grid}>
        {(['number', 'bank', 'holder', 'guardian'] as const).map((name) => (
          <Field key={name} className={name === 'number' || name === 'bank' ? styles.wide : undefined} label={t(`welfare.account_${name}`)} required={name !== 'guardian'} error={errorOf(`account.${name}`)}>
            {(ids) => <Input {...ids} value={form.account[name]} maxLength={CHARS_MAX} autoComplete="off" onChange={(event) => set({ [name]: event.target.value })} />}
          </Field>
        ))}
      </div>
    </Panel>
  );
}

export function ConsentFields({ consents, ...props }: FormProps & { consents: string[] }) {
  const { t } = useWords();
  const { form, change, errorOf } = props;
  const assets = form.assets;
  const setAssets = (part: Partial<NonNullable<TypedForm['assets']>>) => change({ assets: { found: false, what: '', explanation: '', ...assets, ...part } });
  return (
    <Panel title={t('welfare.f_statements')}>
      <div className={styles.grid}>
        <YesNo label={t('welfare.f_aided_elsewhere')} value={form.aided_elsewhere} onChange={(aided) => change({ aided_elsewhere: aided })} />
        <YesNo label={t('welfare.f_assets')} value={assets ? assets.found : null} onChange={(found) => setAssets({ found })} />
        <TextField {...props} name="invoice_no" wide />
        {assets?.found && (
          <>
            <Field className={styles.wide} label={t('welfare.f_assets_what')} error={errorOf('assets.what')}>
              {(ids) => <Input {...ids} value={assets.what} maxLength={CHARS_MAX} onChange={(event) => setAssets({ what: event.target.value })} />}
            </Field>
            <Field className={styles.wide} label={t('welfare.f_assets_explanation')} error={errorOf('assets.explanation')}>
              {(ids) => <Input {...ids} value={assets.explanation} maxLength={CHARS_MAX} onChange={(event) => setAssets({ explanation: event.target.value })} />}
            </Field>
          </>
        )}
        <Field label={t('welfare.f_consent_version')} required error={errorOf('consent_version')}>
          {(ids) => <Select {...ids} style={{ width: '100%' }} value={form.consent_version || undefined} options={consents.map((value) => ({ value, label: value }))} onChange={(version: string) => change({ consent_version: version })} />}
        </Field>
        <Field label={t('welfare.f_consented_on')} required error={errorOf('consented_on')}>
          {(ids) => <Input {...ids} type="date" value={form.consented_on ?? ''} onChange={(event) => change({ consented_on: event.target.value || null })} />}
        </Field>
        <Field className={styles.wide} label={t('welfare.f_publicity')} group error={errorOf('publicity_consent')}>
          {(ids) => (
            <Checkbox {...ids} checked={form.publicity_consent} onChange={(event) => change({ publicity_consent: event.target.checked })}>
              {t('welfare.f_publicity_consent')}
            </Checkbox>
          )}
        </Field>
      </div>
    </Panel>
  );
}
