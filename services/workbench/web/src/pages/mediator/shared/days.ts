/** Days and moments as the forms hold them, in office time (UTC+8). */
import { serverNow } from '@/lib/serverTime';

const OFFICE_OFFSET_MS = 8 * 3_600_000;
const DAY_CHARS = 10;
const MINUTE_CHARS = 16;

const office = (moment: Date): string => new Date(moment.getTime() + OFFICE_OFFSET_MS).toISOString();

/** `2026-11-24`, of the server's clock. */
export const today = (): string => office(serverNow()).slice(0, DAY_CHARS);
/** `2026-11-26T09:30` for an input of type datetime-local. */
export const localOf = (instant: string): string => office(new Date(instant)).slice(0, MINUTE_CHARS);
/** What such an input holds, as an instant. */
export const instantOf = (local: string): string => `${local}:00+08:00`;
