/** Tracking what was promised: each instalment is paid, or handed over for enforcement. */
import { useState } from 'react';
import { CheckCircleFilled } from '@ant-design/icons';
import { Input } from 'antd';
import { deeds, type Agreement, type DisputePage, type Instalment } from '@/api/mediation';
import { Act } from '@/kit/Act';
import { Choices } from '@/kit/Choices';
import { Field } from '@/kit/Field';
import { yuanText } from '@/kit/Money';
import { Panel } from '@/kit/Panel';
import { Empty } from '@/kit/states';
import { StatusWord } from '@/kit/StatusTag';
import { useWords } from '@/lib/words';
import { IN_DIALOG } from '../dialogs/StartDialogs';
import { DeedDialog, useForm } from '../shared/DeedDialog';
import { today } from '../shared/days';
import styles from './agreement.module.css';

const STATES = ['paid', 'enforced'] as const;

export function Instalments({ page, agreement }: { page: DisputePage; agreement: Agreement }) {
  const { t } = useWords();
  const [asked, setAsked] = useState<Instalment | null>(null);
  const mayHandle = page.allowed.includes('handle') && page.status === 'running';
  const now = today();
  return (
    <Panel grow title={t('agreement.performance')} count={t('agreement.paid_of', { paid: yuanText(agreement.paid_fen), total: yuanText(agreement.amount_fen) })}>
      {agreement.instalments.length === 0 ? (
        <Empty title={t('agreement.no_parts')} />
      ) : (
        <table className={`${styles.table} ${styles.track}`}>
          <thead>
            <tr>
              <th scope="col">{t('agreement.no')}</th>
              <th scope="col">{t('agreement.due')}</th>
              <th scope="col" className={styles.number}>
                {t('agreement.part')}
              </th>
              <th scope="col">{t('agreement.state')}</th>
              <th scope="col" aria-label={t('queue.action')} />
            </tr>
          </thead>
          <tbody>
            {agreement.instalments.map((one) => (
              <tr key={one.no}>
                <td>{one.no}</td>
                <td>{one.due}</td>
                <td className={styles.number}>{yuanText(one.amount_fen)}</td>
                <td>
                  {one.state === 'due' ? (
                    <StatusWord tone={one.due < now ? 'over' : 'normal'}>{t(one.due < now ? 'agreement.late' : 'agreement.state_due')}</StatusWord>
                  ) : (
                    <StatusWord tone={one.state === 'paid' ? 'done' : 'paused'} icon={<CheckCircleFilled aria-hidden />}>
                      {t(`agreement.state_${one.state}`)} {one.settled_on}
                    </StatusWord>
                  )}
                </td>
                <td className={styles.number}>
                  {one.state === 'due' && mayHandle && (
                    <Act size="row" onAct={() => setAsked(one)}>
                      {t('agreement.settle')}
                    </Act>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {asked && <SettleDialog page={page} part={asked} onClose={() => setAsked(null)} />}
    </Panel>
  );
}

function SettleDialog({ page, part, onClose }: { page: DisputePage; part: Instalment; onClose: () => void }) {
  const { t } = useWords();
  const [form, change] = useForm({ state: 'paid', on: today() } as { state: (typeof STATES)[number]; on: string });
  return (
    <DeedDialog page={page} title={t('agreement.settle_title', { n: part.no, amount: yuanText(part.amount_fen) })} verb={t('mediation.record')} onClose={onClose} deed={deeds.instalment(part.no, form.state, form.on || null)}>
      <Choices items={STATES.map((value) => ({ value, label: t(`agreement.settle_${value}`) }))} value={form.state} onChange={(state) => change({ state })} label={t('agreement.state')} layer={IN_DIALOG} />
      <Field label={t('mediation.on')}>{(ids) => <Input {...ids} type="date" max={today()} value={form.on} onChange={(event) => change({ on: event.target.value })} />}</Field>
    </DeedDialog>
  );
}
