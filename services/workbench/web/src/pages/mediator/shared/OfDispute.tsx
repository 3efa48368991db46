/** Loads the dispute of the address; says who may read it when its content is closed to this person. */
import type { ReactNode } from 'react';
import { useParams } from 'react-router-dom';
import type { DisputeContent, DisputePage } from '@/api/mediation';
import { Forbidden, QueryState } from '@/kit/states';
import { useWords } from '@/lib/words';
import { useDispute } from './useDispute';

export function OfDispute({ children }: { children: (page: DisputePage, content: DisputeContent) => ReactNode }) {
  const { t } = useWords();
  const { disputeId } = useParams();
  const query = useDispute(disputeId);
  return (
    <QueryState query={query} rows={10}>
      {(page) => (page.content ? children(page, page.content) : <Forbidden title={t('assess.closed')} advice={t('assess.closed_advice')} />)}
    </QueryState>
  );
}
