/** One paper of a case, as it is printed. What mediation wrote is there for who may read its content. */
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router-dom';
import { getDispute } from '@/api/mediation';
import { getCase, type CasePage } from '@/api/workbench';
import { Empty, Forbidden, QueryState } from '@/kit/states';
import { useWords } from '@/lib/words';
import { Decision } from './Decision';
import { AdvicePaper, AgreementPaper, AssessmentPaper } from './DisputePapers';
import { Registration } from './Registration';
import styles from './print.module.css';

export default function PrintPage() {
  const { caseId = '', paper = '', about = '' } = useParams();
  return (
    <main className={styles.page}>
      {paper === 'registration' && <Registration caseId={caseId} />}
      {paper === 'decision' && <Decision applicationId={about} />}
      {paper !== 'registration' && paper !== 'decision' && <OfDispute caseId={caseId} paper={paper} about={about} />}
    </main>
  );
}

interface Props {
  caseId: string;
  paper: string;
  about: string;
}

function OfDispute({ caseId, paper, about }: Props) {
  const query = useQuery({ queryKey: ['case', caseId], queryFn: () => getCase(caseId) });
  return <QueryState query={query} rows={8}>{(known) => <Paper known={known} paper={paper} about={about} />}</QueryState>;
}

function Paper({ known, paper, about }: { known: CasePage; paper: string; about: string }) {
  const { t } = useWords();
  const id = known.dispute_id;
  const query = useQuery({ queryKey: ['dispute', id, 'print'], queryFn: () => getDispute(id ?? ''), enabled: id !== null });
  if (id === null) return <Empty title={t('print.not_there')} advice={t('print.not_there_advice')} />;
  return (
    <QueryState query={query} rows={8}>
      {(page) => {
        const { content } = page;
        if (!content) return <Forbidden advice={t('print.not_yours')} />;
        const parts = { known, page, content };
        if (paper === 'agreement') return <AgreementPaper {...parts} />;
        if (paper === 'advice') return <AdvicePaper {...parts} />;
        if (paper === 'assessment') return <AssessmentPaper {...parts} stage={about} />;
        return <Empty title={t('print.not_there')} advice={t('print.not_there_advice')} />;
      }}
    </QueryState>
  );
}
