/** Where the case goes and by when, before it is saved; or that the line is down and it will be sent by itself. */
import type { ReactNode } from 'react';
import type { CallForm } from '@/api/intake';
import type { Deadline } from '@/api/types';
import { ActionBar } from '@/kit/ActionBar';
import { monthDay, daysBetween, timeOf } from '@/lib/dates';
import { serverNow } from '@/lib/serverTime';
import { useWords } from '@/lib/words';
import { usePlan } from './useIntake';
import type { useSubmit } from './useSubmit';
import styles from './newcall.module.css';

function momentOf(clock: Deadline | undefined): string {
  if (!clock?.due_at) return '—';
  const due = new Date(clock.due_at);
  return daysBetween(serverNow(), due) === 0 ? timeOf(due) : `${monthDay(due)} ${timeOf(due)}`;
}

export function Bar({ form, submit, children }: { form: CallForm; submit: ReturnType<typeof useSubmit>; children: ReactNode }) {
  const { t, say } = useWords();
  const { data: plan, isError } = usePlan(form);
  const count = Object.keys(submit.missing).length;
  const [close, first] = plan?.clocks ?? [];
  return (
    <ActionBar
      missing={submit.waiting ? t('call.waiting') : count > 0 ? t('call.missing', { n: count }) : null}
      says={
        plan ? (
          <div className={styles.says}>
            <p>
              {t(`call.goes_${form.handling}`)} <b>{say(plan.target)}</b> <span className={styles.quiet}>{say(plan.basis)}</span>
            </p>
            <p className={styles.quiet}>
              {t('call.close_by')} <b>{momentOf(close)}</b>
              {close?.rule && t('call.in_brackets', { text: say(close.rule) })}
              {first && (
                <>
                  {' · '}
                  {t('call.first_by')} <b>{momentOf(first)}</b>
                  {first.rule && t('call.in_brackets', { text: say(first.rule) })}
                </>
              )}
            </p>
          </div>
        ) : (
          <span className={styles.quiet}>{t(isError ? 'call.plan_failed' : 'call.plan_none')}</span>
        )
      }
    >
      {children}
    </ActionBar>
  );
}
