/** The columns of lists of cases; each page picks those it has room for. */
import { useMemo } from 'react';
import type { CaseRow } from '@/api/workbench';
import { Clock } from '@/kit/Clock';
import { Grade } from '@/kit/Grade';
import { Money } from '@/kit/Money';
import type { Column } from '@/kit/QueueList';
import { StatusTag } from '@/kit/StatusTag';
import { dayOf } from '@/lib/dates';
import { serverNow } from '@/lib/serverTime';
import { useWords } from '@/lib/words';
import { CaseTitle } from './CaseTitle';

const NUMBER_DIGITS = 6;
export type CaseColumn = 'no' | 'clock' | 'title' | 'state' | 'grade' | 'people' | 'amount' | 'org' | 'owner' | 'registered';

export const caseKey = (row: CaseRow): string => row.case_id;

export function useCaseColumns(wanted: readonly CaseColumn[]): Column<CaseRow>[] {
  const { t, say } = useWords();
  return useMemo(() => {
    const all: Record<CaseColumn, Omit<Column<CaseRow>, 'key'>> = {
      no: { title: t('cases.no'), width: '62px', cell: (row) => <span title={row.case_no}>{row.case_no.slice(-NUMBER_DIGITS)}</span> },
      clock: { title: t('cases.clock'), width: '138px', cell: (row) => <Clock deadline={row.clock} style="when" /> },
      title: { title: t('cases.title'), width: 'minmax(0,1fr)', cell: (row) => <CaseTitle row={row} /> },
      state: { title: t('cases.state'), width: '112px', cell: (row) => <StatusTag tone="brand">{say((row.stage ?? row.state).label)}</StatusTag> },
      grade: { title: t('cases.grade'), width: '52px', cell: (row) => row.grade && <Grade grade={row.grade} /> },
      people: { title: t('cases.people'), width: '48px', right: true, cell: (row) => row.people },
      amount: { title: t('cases.amount'), width: '112px', right: true, cell: (row) => <Money fen={row.amount_fen} bare /> },
      org: { title: t('cases.org'), width: '132px', cell: (row) => row.org.name },
      owner: { title: t('cases.owner'), width: '72px', cell: (row) => row.owner?.name ?? t('cases.nobody') },
      registered: { title: t('caselist.registered'), width: '96px', cell: (row) => (row.registered_at ? dayOf(new Date(row.registered_at), serverNow(), t) : '—') },
    };
    return wanted.map((key) => ({ key, ...all[key] }));
  }, [wanted, t, say]);
}
