/** The frame of the lawyer's pages: dark head, the page, and at the bottom the places or the decision. */
import type { ReactNode } from 'react';
import { BellOutlined, CloudUploadOutlined, FolderOpenOutlined, InboxOutlined, LeftOutlined, UserOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, NavLink } from 'react-router-dom';
import { getLawyerDisputes } from '@/api/board';
import { getDesk } from '@/api/session';
import { Logo } from '@/kit/Logo';
import { Stale } from '@/kit/states';
import { Toasts } from '@/kit/toasts';
import { secondsOf, timeOf } from '@/lib/dates';
import { serverNow } from '@/lib/serverTime';
import { useSession } from '@/lib/session';
import { useWords } from '@/lib/words';
import { useLive } from '@/live/useLive';
import { useOffers } from './useOffers';
import { useUpload } from './useUpload';
import styles from './phone.module.css';

interface Props {
  title: string;
  /** With it the head has a way back instead of the mark. */
  back?: string;
  /** Right of the title. */
  aside?: ReactNode;
  /** Below the title, still on the dark ground. */
  under?: ReactNode;
  /** Replaces the places at the bottom: the decision. */
  foot?: ReactNode;
  children: ReactNode;
}

export function Phone({ title, back, aside, under, foot, children }: Props) {
  const { t, say } = useWords();
  const session = useSession();
  const client = useQueryClient();
  const live = useLive(true);
  const desk = useQuery({ queryKey: ['desk'], queryFn: getDesk });
  return (
    <div className={styles.phone}>
      <header className={styles.head}>
        <div className={styles.headRow}>
          {back ? (
            <Link to={back} className={styles.back} aria-label={t('lawyer.back')}>
              <LeftOutlined />
            </Link>
          ) : (
            <Logo />
          )}
          <h1 className={styles.title}>{title}</h1>
          <span className={styles.aside}>
            {aside ?? (
              <>
                {session.name} {say(session.title)}
                <Link to="/notices" className={styles.bell} aria-label={t('shell.unread', { n: desk.data?.unread ?? 0 })}>
                  <BellOutlined />
                </Link>
              </>
            )}
          </span>
        </div>
        {under}
      </header>
      {live.state === 'lost' && <Stale since={secondsOf(live.since ?? serverNow())} onRefresh={() => void client.invalidateQueries()} />}
      <Waiting />
      <main className={styles.main} id="main">
        {children}
      </main>
      {foot ?? <Places />}
      <Toasts />
    </div>
  );
}

/** In words: what is on this phone and not yet with the office. */
function Waiting() {
  const { t } = useWords();
  const drafts = [...useUpload().values()];
  const queued = drafts.filter((one) => one.queued);
  const shown = queued.length > 0 ? queued : drafts;
  const last = shown.map((one) => one.saved_at).toSorted().at(-1);
  if (!last) return null;
  return (
    <p className={styles.waiting} role="status">
      <CloudUploadOutlined aria-hidden /> {t(queued.length > 0 ? 'lawyer.waiting_upload' : 'lawyer.waiting_submit', { n: shown.length, time: timeOf(new Date(last)) })}
    </p>
  );
}

const place = ({ isActive }: { isActive: boolean }): string => `${styles.place} ${isActive ? styles.placeOn : ''}`;

function Places() {
  const { t } = useWords();
  const { open } = useOffers();
  const taken = useQuery({ queryKey: ['cases', 'lawyer'], queryFn: getLawyerDisputes });
  return (
    <nav className={styles.places} aria-label={t('lawyer.places')}>
      <NavLink to="/m" end className={place}>
        <InboxOutlined aria-hidden />
        <span>
          {t('lawyer.inbox')} {open?.length ?? ''}
        </span>
      </NavLink>
      <NavLink to="/m/disputes" className={place}>
        <FolderOpenOutlined aria-hidden />
        <span>
          {t('lawyer.taken')} {taken.data?.items.length ?? ''}
        </span>
      </NavLink>
      <NavLink to="/m/me" className={place}>
        <UserOutlined aria-hidden />
        <span>{t('lawyer.me')}</span>
      </NavLink>
    </nav>
  );
}
