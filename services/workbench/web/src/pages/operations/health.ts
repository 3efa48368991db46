/** How a service stands at a glance. Pure, so that the strip and the page agree. */
import type { ServiceState } from '@/api/operations';

/** The oldest unsent fact is older than this: somebody should look. */
export const OUTBOX_AGE_SOON_S = 3;
/** More unread facts than this: the service falls behind. */
export const LAG_SOON_RECORDS = 100;

export type Health = 'done' | 'soon' | 'over';

export function healthOf({ overview }: ServiceState): Health {
  if (!overview) return 'over';
  if (overview.outbox_poisoned > 0 || overview.parked_dead > 0 || overview.timers.some((one) => one.failed > 0)) return 'over';
  return overview.outbox_age_s > OUTBOX_AGE_SOON_S || overview.lag_records > LAG_SOON_RECORDS || overview.parked > 0 ? 'soon' : 'done';
}
