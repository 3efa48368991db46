/** One act in full: who, in which role, on what, before and after, why, and its link in the chain. */
import type { AuditLine } from '@/api/operations';
import { Act } from '@/kit/Act';
import { Panel } from '@/kit/Panel';
import { fullOf } from '@/lib/dates';
import { useWords } from '@/lib/words';
import { changesOf } from './changes';
import styles from './audit.module.css';

interface Props {
  line: AuditLine;
  onFilter: (changed: Record<string, string>) => void;
}

export function AuditDetail({ line, onFilter }: Props) {
  const { t } = useWords();
  const changes = changesOf(line.before, line.after);
  const facts: [string, string][] = [
    ['at', fullOf(new Date(line.at))],
    ['by', [line.by, ...line.roles.map((role) => t([`audit.role_${role}`, role]))].join(' · ')],
    ['object', `${t([`audit.kind_${line.kind}`, line.kind])} ${line.object_id}`],
    ['why', line.why ?? '—'],
    ['hash', line.hash],
  ];
  return (
    <Panel grow title={t('audit.detail')} count={t([`audit.action_${line.action.replaceAll('.', '_')}`, line.action])}>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`audit.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {changes.length > 0 && (
        <table className={styles.changes}>
          <thead>
            <tr>
              <th scope="col">{t('audit.field')}</th>
              <th scope="col">{t('audit.before')}</th>
              <th scope="col">{t('audit.after')}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map((one) => (
              <tr key={one.field}>
                <th scope="row">{one.field || t('audit.value')}</th>
                <td className={styles.before}>{one.before ?? '—'}</td>
                <td className={styles.after}>{one.after ?? '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className={styles.detailActs}>
        <Act size="row" onAct={() => onFilter({ object_id: line.object_id, actor_id: '', action: '', since: '' })}>
          {t('audit.only_object')}
        </Act>
        <Act size="row" onAct={() => onFilter({ actor_id: line.actor_id, object_id: '', action: '', since: '' })}>
          {t('audit.only_person')}
        </Act>
      </div>
    </Panel>
  );
}
