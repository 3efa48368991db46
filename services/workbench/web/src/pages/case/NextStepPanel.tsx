/** The next stage: what is missing first, each with the button that cures it, then what is met. */
import { CheckCircleFilled, ExclamationCircleFilled } from '@ant-design/icons';
import type { AllowedAction } from '@/api/types';
import type { NextStep } from '@/api/workbench';
import { Act } from '@/kit/Act';
import { Panel } from '@/kit/Panel';
import { Rich } from '@/kit/Rich';
import { StatusTag } from '@/kit/StatusTag';
import { useWords } from '@/lib/words';
import styles from './case.module.css';

export function NextStepPanel({ step, onAct }: { step: NextStep; onAct: (action: AllowedAction) => void }) {
  const { t, say } = useWords();
  const missing = step.missing.length;
  return (
    <Panel
      title={t('case.next', { what: say(step.title) })}
      action={
        missing > 0 ? (
          <StatusTag tone="soon" icon={null}>
            {t('case.missing', { n: missing })}
          </StatusTag>
        ) : (
          <StatusTag tone="done">{t('case.ready')}</StatusTag>
        )
      }
    >
      <ul className={styles.guards}>
        {step.missing.map((guard, index) => {
          const cure = guard.cure;
          return (
            <li key={guard.code}>
              <ExclamationCircleFilled className={styles.bad} aria-label={t('case.is_missing')} />
              <span className={styles.rowTitle}>
                <b>{say(guard.title)}</b>
                <span className={styles.guardNote}>
                  <Rich text={guard.detail} />
                </span>
              </span>
              {cure && (
                <Act kind={index === 0 ? 'chosen' : 'plain'} size="row" blocked={cure.blocked ? say(cure.blocked) : false} onAct={() => onAct(cure)}>
                  {say(cure.label)}
                </Act>
              )}
            </li>
          );
        })}
        {step.met.length > 0 && (
          <li>
            <CheckCircleFilled className={styles.good} aria-label={t('case.is_met')} />
            <span className={styles.met}>{step.met.map((one) => say(one)).join(t('kit.list_comma'))}</span>
          </li>
        )}
        {missing === 0 && step.action && (
          <li>
            <Act kind="chosen" block blocked={step.action.blocked ? say(step.action.blocked) : false} onAct={() => step.action && onAct(step.action)}>
              {say(step.action.label)}
            </Act>
          </li>
        )}
      </ul>
    </Panel>
  );
}
