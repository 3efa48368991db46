/** Same employer, same matter, unfinished: from ten people on it is a group dispute. */
import type { Duplicates } from '@/api/intake';
import { ShortcutCaps } from '@/kit/KeyCap';
import { useWords } from '@/lib/words';

export function GroupWarning({ group, here }: { group: NonNullable<Duplicates['group']>; here: number }) {
  const { t } = useWords();
  return (
    <>
      {t('call.group_open', { open: group.people_open, here })} <b>{t('call.people_value', { count: group.people_with_this })}</b>
      {t('call.group_reached', { n: group.threshold })} <ShortcutCaps shortcut="other_side" />
    </>
  );
}
