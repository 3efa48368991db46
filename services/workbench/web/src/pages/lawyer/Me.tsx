/** The lawyer's own page: larger text, the other language, what one signs in with, sign out. Drafts on the phone stay. */
import { useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { newKey } from '@/api/client';
import { saveSettings, signOut } from '@/api/session';
import type { Session, Settings } from '@/api/types';
import { Act } from '@/kit/Act';
import { Avatar } from '@/kit/Avatar';
import { Choices } from '@/kit/Choices';
import { Failed } from '@/kit/states';
import { useSession } from '@/lib/session';
import { useWords } from '@/lib/words';
import { OwnAuthenticator } from '../common/OwnAuthenticator';
import { OwnPassword } from '../common/OwnPassword';
import { Phone } from './Phone';
import styles from './phone.module.css';

const SIZES = [14, 16, 18] as const;
const LANGUAGES = ['zh-CN', 'en'] as const;

async function leave(): Promise<void> {
  await signOut();
  window.location.assign('/');
}

export default function Me() {
  const { t, say } = useWords();
  const client = useQueryClient();
  const session = useSession();
  const [key, setKey] = useState(newKey);
  const save = useMutation({
    mutationFn: (settings: Settings) => saveSettings(settings, key),
    onSuccess: (settings) => {
      setKey(newKey());
      client.setQueryData<Session>(['session'], (was) => (was ? { ...was, settings } : was));
    },
  });
  return (
    <Phone title={t('lawyer.me')}>
      <div className={`${styles.card} ${styles.person}`}>
        <Avatar name={session.name} size="large" />
        <span className={styles.grow}>
          <b className={styles.cardTitle}>{session.name}</b>
          <span className={styles.note}>
            {say(session.title)} · {session.org.name}
          </span>
        </span>
      </div>
      <div className={`${styles.card} ${styles.settings}`}>
        <h2>{t('lawyer.text_size')}</h2>
        <Choices plain items={SIZES.map((size) => ({ value: String(size), label: t(`lawyer.size_${size}`) }))} value={String(session.settings.font_size)} onChange={(value) => save.mutate({ ...session.settings, font_size: SIZES.find((one) => String(one) === value) ?? 14 })} label={t('lawyer.text_size')} />
        <h2>{t('lawyer.language')}</h2>
        <Choices plain items={LANGUAGES.map((value) => ({ value, label: t(`lawyer.language_${value}`) }))} value={session.settings.language} onChange={(language) => save.mutate({ ...session.settings, language })} label={t('lawyer.language')} />
        {save.isError && <Failed problem={save.error} />}
      </div>
      <div className={styles.credentials}>
        <OwnPassword />
        <OwnAuthenticator />
      </div>
      <p className={styles.expired}>{t('lawyer.drafts_stay')}</p>
      <Act size="phone" block onAct={() => void leave()}>
        {t('shell.sign_out')}
      </Act>
    </Phone>
  );
}
