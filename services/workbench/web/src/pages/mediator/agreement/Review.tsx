/** What the parties make of their agreement: arbitration review, judicial confirmation, or neither. */
import { useState } from 'react';
import { deeds, REVIEWS, type Agreement, type DisputePage, type ReviewChoice } from '@/api/mediation';
import { Act } from '@/kit/Act';
import { Panel } from '@/kit/Panel';
import { StatusWord } from '@/kit/StatusTag';
import { useWords } from '@/lib/words';
import { Choices } from '@/kit/Choices';
import { Refusal } from '../shared/DeedDialog';
import { useDeed } from '../shared/useDispute';
import shared from '../shared/shared.module.css';

export function Review({ page, agreement }: { page: DisputePage; agreement: Agreement }) {
  const { t } = useWords();
  const deed = useDeed(page);
  const [choice, setChoice] = useState<ReviewChoice | null>(agreement.review);
  const mayHandle = page.allowed.includes('handle') && page.status === 'running';
  return (
    <Panel title={t('agreement.review')}>
      <div className={shared.form}>
        {agreement.review && <StatusWord tone="done">{t(`agreement.review_${agreement.review}`)}</StatusWord>}
        {mayHandle && (
          <>
            <Choices items={REVIEWS.map((value) => ({ value, label: t(`agreement.review_${value}`) }))} value={choice} onChange={setChoice} label={t('agreement.review')} />
            <Act kind="chosen" busy={deed.busy} blocked={choice === null || choice === agreement.review ? t('mediation.choose_first') : false} onAct={() => choice && void deed.send(deeds.review(choice))}>
              {t('mediation.record')}
            </Act>
          </>
        )}
        <p className={shared.note}>{t('agreement.review_note')}</p>
        <Refusal state={deed} />
      </div>
    </Panel>
  );
}
