/** The budget as one bar: paid, held for others, held for this one, free; and how far this money has come. */
import { ArrowRightOutlined, CheckCircleFilled } from '@ant-design/icons';
import { Link } from 'react-router-dom';
import type { ApplicationPage, Budget } from '@/api/welfare';
import { Money } from '@/kit/Money';
import { Panel } from '@/kit/Panel';
import { Empty } from '@/kit/states';
import { fullOf, monthDay } from '@/lib/dates';
import { useWords } from '@/lib/words';
import styles from './welfare.module.css';

const PARTS = ['spent', 'others', 'own', 'available'] as const;

function Bar({ budget }: { budget: Budget }) {
  const { t } = useWords();
  return (
    <>
      <div className={styles.budgetBar} aria-hidden>
        {PARTS.map((part) => budget[`${part}_fen`] > 0 && <span key={part} className={styles[`part_${part}`]} style={{ flexGrow: budget[`${part}_fen`] }} />)}
      </div>
      <dl className={styles.budgetSums}>
        {PARTS.map((part) => (
          <div key={part}>
            <dt>
              <span className={`${styles.swatch} ${styles[`part_${part}`]}`} aria-hidden /> {t(`welfare.budget_${part}`)}
            </dt>
            <dd className={part === 'own' || part === 'available' ? styles.bold : undefined}>
              <Money fen={budget[`${part}_fen`]} bare />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Steps({ budget }: { budget: Budget }) {
  const { say } = useWords();
  return (
    <ol className={styles.moneySteps}>
      {budget.steps.map((step, index) => (
        <li key={step.code}>
          {index > 0 && <ArrowRightOutlined className={styles.arrow} aria-hidden />}
          {step.at ? <CheckCircleFilled className={styles.pass} aria-hidden /> : <span className={styles.ring} aria-hidden />}
          <span>
            {say(step.label)}
            <span className={styles.stepNote} title={step.at ? fullOf(new Date(step.at)) : undefined}>{step.at ? monthDay(new Date(step.at)) : say(step.hint)}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

export function BudgetPanel({ data }: { data: ApplicationPage }) {
  const { t, say } = useWords();
  const { budget } = data;
  return (
    <Panel title={t('welfare.budget')} count={budget ? `${say(data.programme.label)} · ${budget.year}` : undefined} action={budget && <Link to={`/ledgers?budget=${budget.budget_id}`}>{t('welfare.ledger')}</Link>}>
      {budget ? (
        <div className={styles.budget}>
          <Bar budget={budget} />
          <Steps budget={budget} />
        </div>
      ) : (
        <Empty title={t('welfare.no_budget')} advice={t('welfare.no_budget_advice')} />
      )}
    </Panel>
  );
}
