/** The rail: icon and word for each place, below it the work that is open. */
import { CloseOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useLocation, useNavigate } from 'react-router-dom';
import { closeWork } from '@/api/session';
import type { Desk, Role } from '@/api/types';
import { useKey } from '@/lib/keys';
import { useWords } from '@/lib/words';
import { MENUS, presentItem } from './menu';
import styles from './shell.module.css';

const TAIL_DIGITS = 4;

export function Rail({ roles, desk }: { roles: Role[]; desk: Desk | undefined }) {
  const { t } = useWords();
  const { pathname } = useLocation();
  const items = MENUS[roles[0] ?? 'operator'];
  const present = presentItem(items, pathname);
  return (
    <nav className={`${styles.rail} ${roles[0] === 'supervisor' ? styles.railWide : ''}`} aria-label={t('shell.menu')}>
      <ul>
        {items.map((one) => {
          const active = one === present;
          const Icon = active ? one.active : one.icon;
          const count = one.badge ? (desk?.badges[one.badge] ?? 0) : 0;
          return (
            <li key={one.to}>
              <Link to={one.to} className={`${styles.place} ${active ? styles.placeActive : ''}`} aria-current={active ? 'page' : undefined}>
                <Icon />
                <span>{t(`menu.${one.key}`)}</span>
                {count > 0 && <span className={styles.railBadge}>{count}</span>}
              </Link>
            </li>
          );
        })}
      </ul>
      {desk && desk.open_work.length > 0 && <OpenWorkStrip desk={desk} />}
    </nav>
  );
}

function OpenWorkStrip({ desk }: { desk: Desk }) {
  const { t } = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const work = desk.open_work;
  const at = work.findIndex((one) => pathname === `/cases/${one.case_id}`);
  const go = (by: number) => {
    const next = work[(at + by + work.length) % work.length];
    if (next) void navigate(`/cases/${next.case_id}`);
  };
  useKey('previous_work', () => go(-1));
  useKey('next_work', () => go(1));
  const drop = useMutation({ mutationFn: closeWork, onSettled: () => client.invalidateQueries({ queryKey: ['desk'] }) });
  return (
    <section className={styles.openWork} aria-label={t('shell.open_work')}>
      <h2>{t('shell.open_work_count', { n: work.length })}</h2>
      <ul>
        {work.map((one, index) => (
          <li key={one.case_id}>
            <Link to={`/cases/${one.case_id}`} className={`${styles.work} ${index === at ? styles.workActive : ''}`} title={`${one.case_no} ${one.title}`}>
              {one.case_no.slice(-TAIL_DIGITS)}
              {one.news && <span className={styles.workNews} role="img" aria-label={t('timeline.news')} />}
            </Link>
            <button type="button" className={styles.workClose} onClick={() => drop.mutate(one.case_id)} aria-label={t('shell.close_work', { no: one.case_no })}>
              <CloseOutlined />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
