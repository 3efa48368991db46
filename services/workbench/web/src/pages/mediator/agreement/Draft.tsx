/** Writing the agreement: what it must state, and a plan whose parts must make the whole. */
import { useState } from 'react';
import { Checkbox, Input, InputNumber } from 'antd';
import { CONTENTS, deeds, type Agreement, type AgreementContent, type DisputePage } from '@/api/mediation';
import { Act } from '@/kit/Act';
import { ActionBar } from '@/kit/ActionBar';
import { Field, FieldError } from '@/kit/Field';
import { GrowingText } from '@/kit/GrowingText';
import { fenOf, yuanText } from '@/kit/Money';
import { Panel } from '@/kit/Panel';
import { toast } from '@/kit/toasts';
import { useWords } from '@/lib/words';
import { Refusal, useForm } from '../shared/DeedDialog';
import { useDeed, useSaid } from '../shared/useDispute';
import { PaymentPlan } from './PaymentPlan';
import { balanceOf, paymentsOf, type DraftText, type PlanRow } from './plan';
import shared from '../shared/shared.module.css';
import styles from './agreement.module.css';

const TEXT_CHARS_MAX = 4000;
const TEXTS = ['parties', 'claims', 'result', 'manner'] as const;

const amountOf = (agreement: Agreement | null): string => (agreement?.amount_fen ? yuanText(agreement.amount_fen) : '');
const rowsOf = (agreement: Agreement | null): PlanRow[] => agreement?.instalments.map((one) => ({ id: one.no, amount: yuanText(one.amount_fen), due: one.due })) ?? [];

export function Draft({ page, agreement }: { page: DisputePage; agreement: Agreement | null }) {
  const { t } = useWords();
  const said = useSaid();
  const deed = useDeed(page);
  const [text, changeText] = useForm<DraftText>({ parties: agreement?.parties ?? '', claims: agreement?.claims ?? '', result: agreement?.result ?? '', manner: agreement?.manner ?? '', act: agreement?.act ?? '' });
  const [form, change] = useForm({
    contents: agreement?.contents ?? ([] as AgreementContent[]),
    amount: amountOf(agreement),
    actDue: agreement?.act_due ?? '',
    represented: agreement?.represented ?? page.claimant_count,
    consents: agreement?.represented_consents ?? 0,
  });
  const [rows, setRows] = useState<PlanRow[]>(() => rowsOf(agreement));
  const balance = balanceOf(form.amount, rows);
  const payments = paymentsOf(rows);
  const isHere = page.stages.find((one) => one.id === page.stage)?.kind === 'mediation';
  const mayWrite = isHere && page.allowed.includes('handle') && page.status === 'running';
  const lacksOf = (field: string) => {
    const found = page.missing.find((one) => one.cure === `agreement.${field}`);
    return agreement && found ? said(found) : null;
  };
  const stopped = !mayWrite ? t('agreement.not_here') : payments === null ? t('agreement.row_open') : balance.difference === null ? t('agreement.unreadable') : null;
  const send = async () => {
    if (!payments) return;
    const draft = { ...text, contents: form.contents, amount_fen: fenOf(form.amount) ?? 0, instalments: payments, act_due: form.actDue || null, represented: form.represented, represented_consents: form.consents };
    if (await deed.send(deeds.agreement(draft))) toast('done', t('agreement.saved'));
  };
  return (
    <div className={styles.main}>
      <Panel grow title={t('agreement.text')} count={t('agreement.text_note')}>
        <div className={shared.form}>
          {TEXTS.map((one) => (
            <Field key={one} label={t(`agreement.${one}`)} required error={lacksOf(one)}>
              {(ids) => <GrowingText ids={ids} value={text[one]} maxLength={TEXT_CHARS_MAX} placeholder={t(`agreement.${one}_hint`)} onChange={(value) => changeText({ [one]: value })} />}
            </Field>
          ))}
          <Field label={t('agreement.contents')} required group error={lacksOf('contents')}>
            {() => <Checkbox.Group value={form.contents} onChange={(contents) => change({ contents: contents as AgreementContent[] })} options={CONTENTS.map((value) => ({ value, label: t(`agreement.content_${value}`) }))} />}
          </Field>
          <div className={shared.two}>
            <Field label={t('agreement.amount')} note={agreement?.amount_in_words || t('agreement.words_later')} error={lacksOf('amount_or_act')}>
              {(ids) => <Input {...ids} value={form.amount} inputMode="decimal" suffix={t('agreement.yuan')} onChange={(event) => change({ amount: event.target.value })} />}
            </Field>
            <div className={shared.two}>
              <Field label={t('agreement.represented')}>{(ids) => <InputNumber {...ids} min={0} value={form.represented} onChange={(value) => change({ represented: value ?? 0 })} style={{ width: '100%' }} />}</Field>
              <Field label={t('agreement.agreeing')} error={lacksOf('represented_consents')}>
                {(ids) => <InputNumber {...ids} min={0} value={form.consents} onChange={(value) => change({ consents: value ?? 0 })} style={{ width: '100%' }} />}
              </Field>
            </div>
          </div>
          <PaymentPlan rows={rows} onChange={setRows} balance={balance} error={lacksOf('instalments')} />
          <div className={styles.act}>
            <Field label={t('agreement.act')}>{(ids) => <Input {...ids} value={text.act} maxLength={TEXT_CHARS_MAX} placeholder={t('agreement.act_hint')} onChange={(event) => changeText({ act: event.target.value })} />}</Field>
            <Field label={t('agreement.act_due')} error={lacksOf('act_due')}>
              {(ids) => <Input {...ids} type="date" value={form.actDue} onChange={(event) => change({ actDue: event.target.value })} />}
            </Field>
          </div>
          <Refusal state={deed} />
        </div>
      </Panel>
      <div className={styles.bar}>
        <ActionBar missing={stopped} says={balance.difference ? <FieldError>{t('agreement.off_by', { amount: yuanText(Math.abs(balance.difference)) })}</FieldError> : t('agreement.says')}>
          <Act kind="primary" size="bar" shortcut="submit" busy={deed.busy} blocked={stopped ?? false} onAct={() => void send()}>
            {t('agreement.save')}
          </Act>
        </ActionBar>
      </div>
    </div>
  );
}
