/** A day as one says it: 11 月 12 日, with the year when it is another one. */
import type { Day } from '@/api/types';
import { isoDayOf } from '@/lib/dates';
import { serverNow } from '@/lib/serverTime';
import { useWords } from '@/lib/words';

export function useTrackDay(): (day: Day) => string {
  const { t } = useWords();
  return (day) => {
    const [year, month, date] = day.split('-').map(Number);
    const sameYear = isoDayOf(serverNow()).startsWith(String(year));
    return t(sameYear ? 'track.day' : 'track.day_of_year', { year, month, date, month_name: t(`track.month_${month}`) });
  };
}
