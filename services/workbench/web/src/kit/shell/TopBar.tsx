/** The bar over every page: what this is, search, telephone, whether the screen is live, messages, who is signed in. */
import { BellOutlined } from '@ant-design/icons';
import { Link, useNavigate } from 'react-router-dom';
import { signOut } from '@/api/session';
import type { Desk, Session } from '@/api/types';
import { secondsOf } from '@/lib/dates';
import { useServerNow } from '@/lib/serverTime';
import { useWords } from '@/lib/words';
import type { LiveState } from '@/live/useLive';
import { Avatar } from '../Avatar';
import { Logo } from '../Logo';
import { MenuButton } from '../MenuButton';
import { PhoneStrip } from './PhoneStrip';
import { SearchBox } from './SearchBox';
import styles from './shell.module.css';

interface Props {
  session: Session;
  desk: Desk | undefined;
  live: LiveState;
}

export function TopBar({ session, desk, live }: Props) {
  const { t, say } = useWords();
  const answersCalls = session.roles.includes('operator') || session.roles.includes('dispatcher');
  return (
    <header className={styles.bar}>
      <Link to="/" className={styles.brand} aria-label={t('shell.home')}>
        <Logo />
        <span>{t('shell.product')}</span>
      </Link>
      <span className={styles.org}>{session.org.name}</span>
      <SearchBox />
      {answersCalls && <PhoneStrip />}
      <span className={styles.right}>
        <LiveDot live={live} />
        <Link to="/notices" className={styles.bell} aria-label={t('shell.unread', { n: desk?.unread ?? 0 })}>
          <BellOutlined />
          {desk && desk.unread > 0 && <span className={styles.bellCount}>{desk.unread}</span>}
        </Link>
        <UserMenu name={session.name} title={say(session.title)} />
      </span>
    </header>
  );
}

function LiveDot({ live }: { live: LiveState }) {
  const { t } = useWords();
  const now = useServerNow();
  const lost = live.state === 'lost';
  return (
    <span className={styles.live}>
      <span className={`${styles.dot} ${lost ? styles.dotAmber : ''}`} aria-hidden />
      <span role="status">{t(lost ? 'shell.live_lost' : 'shell.live')}</span> <span aria-hidden>{secondsOf(now)}</span>
    </span>
  );
}

async function leave(): Promise<void> {
  await signOut();
  window.location.assign('/');
}

function UserMenu({ name, title }: { name: string; title: string }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const items = [
    { key: 'settings', label: t('shell.settings') },
    { key: 'leave', label: t('shell.sign_out') },
  ];
  return (
    <MenuButton items={items} label={`${name} ${title}`} className={styles.user} onPick={(key) => (key === 'leave' ? void leave() : void navigate('/settings'))}>
      <Avatar name={name} ground="bar" />
      <span>{name}</span>
      <span className={styles.userTitle}>{title}</span>
    </MenuButton>
  );
}
