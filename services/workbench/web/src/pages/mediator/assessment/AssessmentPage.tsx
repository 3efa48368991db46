/** One of the three assessments: the checklist beside the evidence, the grade with its reasons, and the signatures. */
import { useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import type { DisputePage, Stage } from '@/api/mediation';
import type { CasePage } from '@/api/workbench';
import { Presence } from '@/kit/Avatar';
import { ConflictDialog } from '@/kit/ConflictDialog';
import { Money } from '@/kit/Money';
import { StageBar } from '@/kit/StageBar';
import { Empty, Forbidden, QueryState } from '@/kit/states';
import { TabRow } from '@/kit/TabRow';
import { serverNow } from '@/lib/serverTime';
import { useMedia } from '@/lib/useMedia';
import { useWords } from '@/lib/words';
import { usePresence } from '@/pages/case/usePresence';
import { stageParts, useCaseOf, useDispute, usePeople, useSaid } from '../shared/useDispute';
import { Checklist } from './Checklist';
import { Evidence } from './Evidence';
import { GradePanel } from './GradePanel';
import { SignPanel } from './SignPanel';
import { useAssessment } from './useAssessment';
import page from '@/kit/page.module.css';
import styles from './assessment.module.css';

const WIDE = '(min-width: 1280px)';

export default function AssessmentPage() {
  const { t } = useWords();
  const { disputeId, stage: wanted } = useParams();
  const query = useDispute(disputeId);
  return (
    <QueryState query={query} rows={10}>
      {(dispute) => {
        const stage = dispute.stages.find((one) => one.id === wanted && one.kind === 'assessment');
        if (!stage) return <Empty title={t('assess.no_such')} advice={t('assess.no_such_advice')} action={<Link to={`/disputes/${dispute.dispute_id}`}>{t('assess.to_dispute')}</Link>} />;
        if (!dispute.content) return <Forbidden title={t('assess.closed')} advice={t('assess.closed_advice')} />;
        return <Assessment key={`${dispute.dispute_id}-${stage.id}`} dispute={dispute} stage={stage} />;
      }}
    </QueryState>
  );
}

function Assessment({ dispute, stage }: { dispute: DisputePage; stage: Stage }) {
  const { t } = useWords();
  const said = useSaid();
  const wide = useMedia(WIDE);
  const [search] = useSearchParams();
  const [tab, setTab] = useState<'checklist' | 'evidence'>('checklist');
  const around = useCaseOf(dispute);
  const form = useAssessment(dispute, stage.id);
  const people = usePeople();
  const author = people.nameOf(form.saved?.author ?? null);
  const { name, note } = stageParts(said(stage));
  const asked = search.get('item');
  return (
    <div className={styles.frame}>
      <header className={styles.top}>
        <div className={styles.titleRow}>
          <div className={styles.grow}>
            <div className={styles.about}>
              <Link to={`/cases/${dispute.case_id}`}>{around.data?.case_no ?? t('board.open_case')}</Link> {around.data?.title} · {t('board.n_people', { n: dispute.claimant_count })} · <Money fen={dispute.amount_fen} />
            </div>
            <h1 className={styles.title}>{[name, note && t('assess.title', { note })].filter(Boolean).join(' · ')}</h1>
          </div>
          <div className={styles.people}>
            {t('assess.mediators', { names: dispute.mediator_ids.map((id) => people.nameOf(id)).join(t('kit.list_comma')) || t('mediation.nobody') })}
          </div>
          {around.data && <Here data={around.data} editing={form.dirty} />}
        </div>
        <StageBar stages={dispute.stages.map((one) => ({ code: one.id, name: stageParts(said(one)).name }))} at={dispute.stages.findIndex((one) => one.id === dispute.stage)} />
      </header>
      {!wide && (
        <TabRow
          items={[
            { key: 'checklist', label: t('assess.checklist') },
            { key: 'evidence', label: t('assess.evidence') },
          ]}
          value={tab}
          onChange={setTab}
          label={t('assess.parts')}
        />
      )}
      <div className={styles.columns}>
        {(wide || tab === 'checklist') && <Checklist page={dispute} stage={stage} form={form} asked={asked} />}
        {(wide || tab === 'evidence') && <Evidence caseId={dispute.case_id} />}
        <div className={page.column}>
          <GradePanel page={dispute} />
          <SignPanel page={dispute} stage={stage} form={form} />
        </div>
      </div>
      {form.clash && (
        <ConflictDialog
          key={form.clash.field}
          open
          mine={{ by: t('assess.you'), at: serverNow().toISOString(), text: form.clash.mine }}
          theirs={{ by: author, at: serverNow().toISOString(), text: form.clash.theirs }}
          onUse={form.settle}
          onClose={() => form.settle(form.clash?.mine ?? '')}
        />
      )}
    </div>
  );
}

function Here({ data, editing }: { data: CasePage; editing: boolean }) {
  return <Presence people={usePresence(data, editing)} />;
}
