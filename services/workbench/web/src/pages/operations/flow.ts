/** The facts of one case as rows of a sequence: each goes from its service to those whose facts it caused, else to the screens. */
import type { Hop } from '@/api/operations';
import type { Service, Text } from '@/api/types';

export interface FlowRow {
  id: string;
  /** Milliseconds since the first fact. */
  at_ms: number;
  from: Service;
  to: Service;
  title: Text;
  case_no: string;
  /** The wire name without its service. */
  name: string;
  /** To the screens only: nothing else followed from it. */
  isLast: boolean;
}

export function rowsOf(hops: readonly Hop[]): FlowRow[] {
  return hops.flatMap((hop) => {
    const followers = new Set(hops.filter((one) => one.cause_id === hop.event_id && one.service !== hop.service).map((one) => one.service));
    const targets: Service[] = followers.size > 0 ? [...followers] : ['workbench'];
    return targets.map((to) => ({ id: `${hop.event_id} ${to}`, at_ms: hop.told_ms, from: hop.service, to, title: hop.title, case_no: hop.case_no, name: hop.name.split('.').at(-1) ?? hop.name, isLast: followers.size === 0 }));
  });
}

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** The largest unit that fits, with its number: {unit: "s", n: "1.2"}. */
export function spanOf(ms: number): { unit: 'ms' | 's' | 'min' | 'h' | 'd'; n: string } {
  if (ms < SECOND_MS) return { unit: 'ms', n: String(Math.round(ms)) };
  if (ms < MINUTE_MS) return { unit: 's', n: (ms / SECOND_MS).toFixed(1) };
  if (ms < HOUR_MS) return { unit: 'min', n: String(Math.floor(ms / MINUTE_MS)) };
  if (ms < DAY_MS) return { unit: 'h', n: String(Math.floor(ms / HOUR_MS)) };
  return { unit: 'd', n: String(Math.floor(ms / DAY_MS)) };
}
