/** The frame of every desk page: top bar, rail, the page; a bar when the line is down; the sheet behind `?`. */
import { Suspense, useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Outlet, useNavigate } from 'react-router-dom';
import { getDesk } from '@/api/session';
import { secondsOf } from '@/lib/dates';
import { useKey } from '@/lib/keys';
import { serverNow } from '@/lib/serverTime';
import { useSession } from '@/lib/session';
import { useLive } from '@/live/useLive';
import { Loading, Stale } from '../states';
import { Toasts } from '../toasts';
import { Rail } from './Rail';
import { ShortcutSheet } from './ShortcutSheet';
import { TopBar } from './TopBar';
import styles from './shell.module.css';

export function Shell() {
  const session = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  const live = useLive(true);
  const desk = useQuery({ queryKey: ['desk'], queryFn: getDesk });
  const [sheet, setSheet] = useState(false);
  useKey('sheet', () => setSheet(true));
  useKey('new_call', () => void navigate('/calls/new'), { enabled: session.roles.includes('operator') || session.roles.includes('dispatcher') });
  return (
    <div className={styles.shell}>
      <TopBar session={session} desk={desk.data} live={live} />
      <Rail roles={session.roles} desk={desk.data} />
      <main className={styles.main} id="main">
        {live.state === 'lost' && <Stale since={secondsOf(live.since ?? serverNow())} onRefresh={() => void client.invalidateQueries()} />}
        <Suspense fallback={<Loading rows={6} />}>
          <Outlet />
        </Suspense>
      </main>
      <ShortcutSheet open={sheet} onClose={() => setSheet(false)} />
      <Toasts />
    </div>
  );
}
