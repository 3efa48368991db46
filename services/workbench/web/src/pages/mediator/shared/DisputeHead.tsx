/** Head of the pages of one dispute: which case, where it stands, and its other pages. */
import { Link, NavLink } from 'react-router-dom';
import type { DisputePage } from '@/api/mediation';
import { Grade } from '@/kit/Grade';
import { Money } from '@/kit/Money';
import { StageBar } from '@/kit/StageBar';
import { useWords } from '@/lib/words';
import { stageParts, useCaseOf, useSaid } from './useDispute';
import styles from './head.module.css';

const tab = ({ isActive }: { isActive: boolean }): string => `${styles.tab} ${isActive ? styles.tabOn : ''}`;

export function DisputeHead({ page, title, aside }: { page: DisputePage; title: string; aside?: React.ReactNode }) {
  const { t } = useWords();
  const said = useSaid();
  const around = useCaseOf(page);
  const base = `/disputes/${page.dispute_id}`;
  const at = page.stages.findIndex((one) => one.id === page.stage);
  const assessment = page.stages.slice(0, at + 1).findLast((one) => one.kind === 'assessment') ?? page.stages.find((one) => one.kind === 'assessment');
  return (
    <header className={styles.top}>
      <div className={styles.row}>
        <div className={styles.grow}>
          <div className={styles.about}>
            <Link to={`/cases/${page.case_id}`}>{around.data?.case_no ?? t('board.open_case')}</Link> {around.data?.title} · {t('board.n_people', { n: page.claimant_count })} · <Money fen={page.amount_fen} /> · <Grade grade={page.grade} />
          </div>
          <h1 className={styles.title}>{title}</h1>
        </div>
        {aside}
        <nav className={styles.tabs} aria-label={t('dispute.pages')}>
          <NavLink to={base} end className={tab}>
            {t('dispute.handling')}
          </NavLink>
          {assessment && (
            <NavLink to={`${base}/assessments/${assessment.id}`} className={tab}>
              {stageParts(said(assessment)).name}
            </NavLink>
          )}
          <NavLink to={`${base}/meeting`} className={tab}>
            {t('dispute.meeting')}
          </NavLink>
          <NavLink to={`${base}/agreement`} className={tab}>
            {t('dispute.agreement')}
          </NavLink>
        </nav>
      </div>
      <StageBar stages={page.stages.map((one) => ({ code: one.id, name: stageParts(said(one)).name }))} at={at} />
    </header>
  );
}
