/** The ladder with the present step, why it stands there, and who stands by it. */
import { useState } from 'react';
import { ArrowUpOutlined, CheckCircleFilled, ExclamationCircleFilled } from '@ant-design/icons';
import type { DisputePage } from '@/api/mediation';
import type { Grade as GradeCode } from '@/api/types';
import { Act } from '@/kit/Act';
import { Grade } from '@/kit/Grade';
import { Panel } from '@/kit/Panel';
import { useWords } from '@/lib/words';
import { GradeDialog } from '../dialogs/CourseDialogs';
import { usePeople } from '../shared/useDispute';
import styles from './assessment.module.css';

export function GradePanel({ page }: { page: DisputePage }) {
  const { t } = useWords();
  const people = usePeople();
  const [asking, setAsking] = useState(false);
  const steps = Object.entries(page.ladder) as [GradeCode, number][];
  const confirmedBy = page.content?.grade_confirmed_by ?? null;
  const range = (index: number): string => {
    const from = steps[index]?.[1] ?? 0;
    const next = steps[index + 1]?.[1];
    if (from === 0) return t('assess.below', { n: next });
    return next === undefined ? t('assess.from', { n: from }) : t('assess.between', { from, to: next - 1 });
  };
  return (
    <Panel title={t('assess.grade')} action={<span className={styles.small}>{t('assess.grade_rule')}</span>}>
      <ol className={styles.ladder}>
        {steps.map(([grade], index) => (
          <li key={grade} className={`${styles.rung} ${grade === page.grade ? styles[`rung_${grade}`] : ''}`} aria-current={grade === page.grade ? 'true' : undefined}>
            <Grade grade={grade} hideName />
            <span>{grade}</span>
            <span className={styles.range}>{range(index)}</span>
          </li>
        ))}
      </ol>
      <ul className={styles.reasons}>
        <li>
          <CheckCircleFilled className={styles.tick} aria-hidden />
          <span className={styles.grow}>{t('assess.same_claim', { n: page.claimant_count })}</span>
          <b className={styles.verdict}>→ {page.grade}</b>
        </li>
        <li>
          {confirmedBy ? <CheckCircleFilled className={styles.tick} aria-hidden /> : <ExclamationCircleFilled className={styles.bang} aria-hidden />}
          <span className={styles.grow}>{confirmedBy ? t('assess.confirmed_by', { name: people.nameOf(confirmedBy) }) : t('assess.unconfirmed')}</span>
        </li>
      </ul>
      <div className={styles.gradeFoot}>
        <span className={styles.grow}>
          <ArrowUpOutlined aria-hidden /> {t('assess.grade_moves')}
        </span>
        {page.allowed.includes('handle') && page.status === 'running' && (
          <Act kind="quiet" onAct={() => setAsking(true)}>
            {t(confirmedBy ? 'assess.grade_change' : 'assess.grade_confirm')}
          </Act>
        )}
      </div>
      {asking && <GradeDialog page={page} onClose={() => setAsking(false)} />}
    </Panel>
  );
}
