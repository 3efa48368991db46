/** The fields of an account; the job number of a known one does not change. */
import { Input, Select } from 'antd';
import type { Accounts } from '@/api/accounts';
import type { Role } from '@/api/types';
import { Field } from '@/kit/Field';
import { useWords } from '@/lib/words';
import type { AccountDraft } from './draft';
import styles from './accounts.module.css';

const NAME_CHARS_MAX = 40;

interface Props {
  accounts: Accounts;
  draft: AccountDraft;
  onChange: (draft: AccountDraft) => void;
  errorOf: (field: string) => string | null;
  isNew?: boolean;
  phoneNow?: string | null;
}

export function AccountFields({ accounts, draft, onChange, errorOf, isNew, phoneNow }: Props) {
  const { t, say } = useWords();
  const change = (changed: Partial<AccountDraft>) => onChange({ ...draft, ...changed });
  const units = [...new Map([...accounts.orgs, ...accounts.items.map((one) => one.org)].map((one) => [one.path, one.name]))];
  return (
    <div className={styles.fields}>
      {isNew && (
        <Field label={t('accounts.no')} required error={errorOf('staff_no')}>
          {(ids) => <Input {...ids} value={draft.staff_no} autoComplete="off" onChange={(event) => change({ staff_no: event.target.value.trim() })} />}
        </Field>
      )}
      <Field label={t('accounts.name')} required error={errorOf('name')}>
        {(ids) => <Input {...ids} value={draft.name} maxLength={NAME_CHARS_MAX} autoComplete="off" onChange={(event) => change({ name: event.target.value })} />}
      </Field>
      <Field label={t('accounts.roles')} required note={t('accounts.roles_note')} error={errorOf('roles')} className={styles.wide}>
        {(ids) => (
          <Select
            {...ids}
            mode="multiple"
            style={{ width: '100%' }}
            showSearch={{ optionFilterProp: 'label' }}
            value={draft.roles}
            options={accounts.roles.map((one) => ({ value: one.code as Role, label: say(one.label) }))}
            onChange={(roles: Role[]) => change({ roles })}
          />
        )}
      </Field>
      <Field label={t('accounts.org')} required error={errorOf('org')}>
        {(ids) => (
          <Select
            {...ids}
            style={{ width: '100%' }}
            showSearch={{ optionFilterProp: 'label' }}
            value={draft.org}
            options={units.map(([value, label]) => ({ value, label }))}
            onChange={(org: string) => change({ org })}
          />
        )}
      </Field>
      <Field label={t('accounts.seat')} error={errorOf('seat')}>
        {(ids) => <Input {...ids} value={draft.seat} maxLength={NAME_CHARS_MAX} onChange={(event) => change({ seat: event.target.value })} />}
      </Field>
      <Field label={t('accounts.phone')} note={phoneNow ? t('accounts.phone_stays') : undefined} error={errorOf('phone')}>
        {(ids) => <Input {...ids} value={draft.phone} inputMode="tel" autoComplete="off" placeholder={phoneNow ?? ''} onChange={(event) => change({ phone: event.target.value })} />}
      </Field>
      {!isNew && (
        <Field label={t('accounts.why')} required error={errorOf('why')}>
          {(ids) => <Input {...ids} value={draft.why} maxLength={200} onChange={(event) => change({ why: event.target.value })} />}
        </Field>
      )}
    </div>
  );
}
