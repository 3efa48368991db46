/** The fields in the order of the talk: who, which employer; and below the narrative: what kind, how urgent, what is done. */
import { useState, type ReactNode, type RefObject } from 'react';
import { CheckCircleFilled } from '@ant-design/icons';
import { AutoComplete, Input, Select, type InputRef } from 'antd';
import type { CallForm, Caller, Catalogue, EmployerHit } from '@/api/intake';
import type { Handling, Urgency } from '@/api/types';
import { Choices } from '@/kit/Choices';
import { Field } from '@/kit/Field';
import { StatusWord } from '@/kit/StatusTag';
import { useWords } from '@/lib/words';
import { answersFor, PHONE_DIGITS, TITLE_CHARS_MAX, withCategory } from './form';
import { useEmployers } from './useIntake';
import styles from './newcall.module.css';

const URGENCIES: readonly Urgency[] = ['normal', 'urgent', 'critical'];
const HANDLINGS: readonly Handling[] = ['answer', 'dispatch', 'escalate', 'forward'];

export interface FieldsProps {
  form: CallForm;
  change: (changed: Partial<CallForm>) => void;
  errorOf: (field: keyof CallForm) => string | null;
}

interface WhoProps extends FieldsProps {
  caller: Caller | undefined;
  failed: boolean;
  /** Filled by the telephone: masked until somebody asks. */
  fromCall: boolean;
  phoneInput: RefObject<InputRef | null>;
  warning: ReactNode;
}

/** "13800136207" → "138 **** 6207". */
const maskPhone = (phone: string): string => `${phone.slice(0, 3)} **** ${phone.slice(-4)}`;

export function WhoFields({ form, change, errorOf, caller, failed, fromCall, phoneInput, warning }: WhoProps) {
  const { t } = useWords();
  const [shown, setShown] = useState(false);
  const [renamed, setRenamed] = useState(false);
  const party = caller?.party ?? null;
  const masked = fromCall && !shown && form.phone.length === PHONE_DIGITS;
  const name = renamed || !party ? form.caller_name : form.caller_name || party.name_masked;
  return (
    <div className={styles.who}>
      <Field
        label={t('call.phone')}
        required
        error={errorOf('phone')}
        warning={failed ? t('call.lookup_failed') : null}
        note={party ? <StatusWord tone="done" icon={<CheckCircleFilled />}>{t('call.known')}</StatusWord> : caller && t('call.unknown')}
      >
        {(ids) => (
          <Input
            {...ids}
            ref={phoneInput}
            value={masked ? maskPhone(form.phone) : form.phone}
            readOnly={masked}
            inputMode="tel"
            autoComplete="off"
            maxLength={16}
            status={errorOf('phone') ? 'error' : undefined}
            suffix={
              <button type="button" tabIndex={-1} className={styles.inside} hidden={!masked} onClick={() => setShown(true)}>
                {t('call.show')}
              </button>
            }
            onChange={(event) => change({ phone: event.target.value.replaceAll(/[^\d+]/g, '').replace(/^\+?86(?=1\d)/, ''), party_id: null })}
          />
        )}
      </Field>
      <Field label={t('call.name')} required error={errorOf('caller_name')}>
        {(ids) => (
          <Input
            {...ids}
            value={name}
            maxLength={40}
            autoComplete="off"
            status={errorOf('caller_name') ? 'error' : undefined}
            suffix={
              <button
                type="button"
                tabIndex={-1}
                className={styles.inside}
                onClick={() => change({ salutation: form.salutation === 'mr' ? 'ms' : 'mr' })}
                aria-label={t('call.salutation')}
              >
                {form.salutation ? t(`call.${form.salutation}`) : t('call.salutation')}
              </button>
            }
            onChange={(event) => {
              setRenamed(true);
              change({ caller_name: event.target.value });
            }}
          />
        )}
      </Field>
      <EmployerField form={form} change={change} errorOf={errorOf} warning={warning} />
    </div>
  );
}

function EmployerField({ form, change, errorOf, warning }: FieldsProps & { warning: ReactNode }) {
  const { t } = useWords();
  const [chosen, setChosen] = useState<EmployerHit | null>(null);
  const query = useEmployers(form.employer_id ? '' : form.employer_name);
  const hits = query.data?.items ?? [];
  return (
    <Field
      label={t('call.employer')}
      error={errorOf('employer_name')}
      warning={warning}
      note={form.employer_id ? chosen?.uscc_tail && t('call.uscc', { tail: chosen.uscc_tail }) : form.employer_name && t('call.employer_free')}
    >
      {(ids) => (
        <AutoComplete
          {...ids}
          className={styles.wide}
          value={form.employer_name}
          placeholder={t('call.employer_hint')}
          defaultActiveFirstOption={false}
          options={hits.map((hit) => ({ value: hit.name, label: `${hit.name}${hit.uscc_tail ? ` · ${hit.uscc_tail}` : ''}`, key: hit.employer_id }))}
          onChange={(text: string) => change({ employer_name: text, employer_id: null })}
          onSelect={(text: string) => {
            const hit = hits.find((one) => one.name === text);
            if (!hit) return;
            setChosen(hit);
            change({ employer_name: hit.name, employer_id: hit.employer_id, region: form.region ?? hit.region.code });
          }}
        />
      )}
    </Field>
  );
}

interface KindProps extends FieldsProps {
  catalogue: Catalogue | undefined;
  categoryBox: RefObject<HTMLDivElement | null>;
}

export function KindFields({ form, change, errorOf, catalogue, categoryBox }: KindProps) {
  const { t, say } = useWords();
  const options = (catalogue?.categories ?? []).map((one) => ({ value: one.code, label: say(one.path), search: `${one.path.zh}${one.path.en} ${one.pinyin} ${one.initials}`.toLowerCase() }));
  return (
    <div className={styles.kind} ref={categoryBox}>
      <Field label={t('call.category')} required note={t('call.category_note')} error={errorOf('category')}>
        {(ids) => (
          <Select
            {...ids}
            className={styles.wide}
            showSearch={{ filterOption: (text, option) => option?.search.includes(text.toLowerCase().replaceAll(/[\s/]/g, '')) ?? false }}
            value={form.category}
            options={options}
            placeholder={t('call.category_hint')}
            status={errorOf('category') ? 'error' : undefined}
            notFoundContent={t('call.no_category')}
            onChange={(category: string) => change(withCategory(form, category, (code) => options.find((one) => one.value === code)?.label ?? ''))}
          />
        )}
      </Field>
      <Field label={t('call.title')} required note={t('call.title_note')} error={errorOf('title')}>
        {(ids) => (
          <Input {...ids} value={form.title} maxLength={TITLE_CHARS_MAX} status={errorOf('title') ? 'error' : undefined} onChange={(event) => change({ title: event.target.value })} />
        )}
      </Field>
    </div>
  );
}

export function ActFields({ form, change, errorOf, catalogue }: FieldsProps & { catalogue: Catalogue | undefined }) {
  const { t } = useWords();
  return (
    <div className={styles.kind}>
      <Field label={t('call.urgency')} group>
        {() => (
          <Choices items={URGENCIES.map((value) => ({ value, label: t(`call.urgency_${value}`) }))} value={form.urgency} onChange={(urgency) => change({ urgency })} label={t('call.urgency')} />
        )}
      </Field>
      <Field label={t('call.handling')} group>
        {() => (
          <Choices items={HANDLINGS.map((value) => ({ value, label: t(`call.handling_${value}`) }))} value={form.handling} onChange={(handling) => change({ handling })} label={t('call.handling')} />
        )}
      </Field>
      {form.urgency === 'critical' && (
        <Field label={t('call.reason')} required error={errorOf('urgency_reason')}>
          {(ids) => <Input {...ids} value={form.urgency_reason} maxLength={100} onChange={(event) => change({ urgency_reason: event.target.value })} />}
        </Field>
      )}
      {form.handling === 'answer' && (
        <Field label={t('call.answer')} required error={errorOf('answer')} className={form.urgency === 'critical' ? undefined : styles.second}>
          {(ids) => (
            <Select
              {...ids}
              className={styles.wide}
              showSearch={{ optionFilterProp: 'label' }}
              value={form.answer}
              placeholder={t('call.answer_hint')}
              options={answersFor(catalogue?.phrases ?? [], form.category).map((one) => ({ value: one.code, label: one.title }))}
              onChange={(answer: string) => change({ answer })}
            />
          )}
        </Field>
      )}
    </div>
  );
}
