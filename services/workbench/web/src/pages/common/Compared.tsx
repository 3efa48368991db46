/** What mediation compared before a lawyer takes a dispute: the result, what was looked at, and who was met elsewhere. */
import { CheckCircleFilled, WarningFilled } from '@ant-design/icons';
import type { Comparison } from '@/api/lawyers';
import { useWords } from '@/lib/words';
import styles from './compared.module.css';

/** `own`: said to the lawyer; else to the one who assigns. */
export function Compared({ check, own }: { check: Comparison; own: boolean }) {
  const { t } = useWords();
  const met = check.same_employer + check.same_worker > 0;
  return (
    <div className={`${styles.compared} ${check.conflict ? styles.found : ''}`} role="status">
      {check.conflict ? <WarningFilled aria-hidden /> : <CheckCircleFilled aria-hidden />}
      <span>
        <b>{t(check.conflict ? 'lawyer.conflict_found' : 'lawyer.conflict_none')}</b>
        {check.found.map((one) => (
          <span key={one} className={styles.line}>
            {t(`lawyer.found_${one}`)}
          </span>
        ))}
        <span className={styles.line}>{t(own ? 'lawyer.compared' : 'lawyer.compared_theirs', { cases: check.cases, related: check.related })}</span>
        {met && <span className={styles.line}>{t('lawyer.met', { employer: check.same_employer, worker: check.same_worker })}</span>}
        <span className={styles.line}>{t('lawyer.compared_by', { source: check.source })}</span>
      </span>
    </div>
  );
}
