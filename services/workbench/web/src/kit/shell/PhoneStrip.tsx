/** The telephone: free, on a break, ringing, on a call. Without telephony it says so; numbers are typed then. */
import { AudioMutedOutlined, DownOutlined, PauseOutlined, PhoneFilled } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { newKey } from '@/api/client';
import { getPhone, setPhone, type PhoneState } from '@/api/intake';
import { durationOf } from '@/lib/dates';
import { useServerNow } from '@/lib/serverTime';
import { useWords } from '@/lib/words';
import { MenuButton } from '../MenuButton';
import styles from './shell.module.css';

type Act = Parameters<typeof setPhone>[0];

export function usePhone(enabled = true) {
  return useQuery({ queryKey: ['phone'], queryFn: getPhone, enabled });
}

export function PhoneStrip() {
  const { t } = useWords();
  const client = useQueryClient();
  const now = useServerNow();
  const { data } = usePhone();
  const act = useMutation({
    mutationFn: (what: Act) => setPhone(what, newKey()),
    onSuccess: (state) => client.setQueryData(['phone'], state),
  });
  if (!data) return null;
  if (data.state === 'absent') {
    return <span className={`${styles.phone} ${styles.phoneAbsent}`}>{t('phone.absent')}</span>;
  }
  const spent = data.since ? durationOf(Math.max(0, (now.getTime() - Date.parse(data.since)) / 1000)) : '';
  const onCall = data.state === 'talking' || data.state === 'held';
  return (
    <div className={`${styles.phone} ${onCall ? styles.phoneTalking : ''} ${data.state === 'ringing' ? styles.phoneRinging : ''}`} role="status" aria-live="off">
      <span className={`${styles.dot} ${data.state === 'break' ? styles.dotAmber : ''}`} aria-hidden />
      <b>
        {t(`phone.${data.state}`)} {onCall && spent}
      </b>
      {onCall || data.state === 'ringing' ? <span>{data.phone_masked}</span> : <span>{t(`phone.note_${data.state}`, { time: spent })}</span>}
      {onCall ? <CallButtons onAct={act.mutate} /> : <StateMenu state={data} onAct={act.mutate} />}
    </div>
  );
}

function CallButtons({ onAct }: { onAct: (act: Act) => void }) {
  const { t } = useWords();
  return (
    <span className={styles.phoneActs}>
      <button type="button" aria-label={t('phone.act_mute')} onClick={() => onAct('mute')}>
        <AudioMutedOutlined />
      </button>
      <button type="button" aria-label={t('phone.act_hold')} onClick={() => onAct('hold')}>
        <PauseOutlined />
      </button>
      <button type="button" className={styles.hangUp} aria-label={t('phone.act_hang_up')} onClick={() => onAct('hang_up')}>
        <PhoneFilled rotate={225} />
      </button>
    </span>
  );
}

function StateMenu({ state, onAct }: { state: PhoneState; onAct: (act: Act) => void }) {
  const { t } = useWords();
  const items = (['idle', 'break'] as const).filter((one) => one !== state.state).map((key) => ({ key, label: t(`phone.go_${key}`) }));
  return (
    <MenuButton items={items} label={t('phone.change')} className={styles.phoneMore} onPick={(key) => onAct(key as Act)}>
      <DownOutlined />
    </MenuButton>
  );
}
