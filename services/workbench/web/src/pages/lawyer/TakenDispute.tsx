/** An accepted dispute on the phone: what it is, who, when, the papers, and the opinion to be written. */
import { CalendarOutlined, PaperClipOutlined } from '@ant-design/icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router-dom';
import type { DisputePage } from '@/api/mediation';
import { Problem } from '@/api/client';
import { getMaterials, type Material } from '@/api/materials';
import { getCase, type CasePage } from '@/api/workbench';
import { Act } from '@/kit/Act';
import { Clock } from '@/kit/Clock';
import { MaskedText } from '@/kit/MaskedText';
import { yuanText } from '@/kit/Money';
import { Empty, Forbidden, QueryState } from '@/kit/states';
import { dayOf, monthDay, timeOf } from '@/lib/dates';
import { toast } from '@/kit/toasts';
import { useServerNow } from '@/lib/serverTime';
import { useWords } from '@/lib/words';
import { save } from '@/pages/case/materials/useContent';
import { useDispute } from '@/pages/mediator/shared/useDispute';
import { OpinionEditor } from './OpinionEditor';
import { Phone } from './Phone';
import styles from './phone.module.css';

const STEP_MS = 60_000;
const DATES_SHOWN = 4;

export default function TakenDispute() {
  const { t } = useWords();
  const { disputeId } = useParams();
  const query = useDispute(disputeId);
  const page = query.data;
  if (page?.content && page.allowed.includes('give_opinion')) return <OpinionEditor key={page.dispute_id} page={page} about={<File page={page} />} />;
  return (
    <Phone title={t('lawyer.dispute')} back="/m/disputes">
      <QueryState query={query} rows={8}>
        {(known) => (known.content ? <File page={known} /> : <Forbidden title={t('lawyer.not_yours')} advice={t('lawyer.not_yours_advice')} />)}
      </QueryState>
    </Phone>
  );
}

function File({ page }: { page: DisputePage }) {
  const { t } = useWords();
  const around = useQuery({ queryKey: ['case', page.case_id], queryFn: () => getCase(page.case_id) });
  const files = useQuery({ queryKey: ['case', page.case_id, 'materials'], queryFn: () => getMaterials(page.case_id) });
  return (
    <>
      <QueryState query={around} rows={5}>
        {(known) => (
          <>
            <Summary known={known} page={page} />
            <Dates known={known} page={page} />
          </>
        )}
      </QueryState>
      <section>
        <h2 className={styles.section}>{t('lawyer.papers')}</h2>
        <div className={styles.card}>
          <QueryState query={files} rows={2}>
            {({ items }) =>
              items.length === 0 ? (
                <Empty title={t('lawyer.no_papers')} />
              ) : (
                <ul>
                  {items.map((one) => (
                    <Paper key={one.material_id} caseId={page.case_id} one={one} />
                  ))}
                </ul>
              )
            }
          </QueryState>
        </div>
      </section>
    </>
  );
}

/** Opening a material is on record, so it is fetched when it is touched and not before. */
function Paper({ caseId, one }: { caseId: string; one: Material }) {
  const { t, explain } = useWords();
  const open = useMutation({
    mutationFn: () => save(caseId, one),
    onError: (cause) => toast('over', cause instanceof Problem ? explain(cause) : t('state.failed')),
  });
  return (
    <li className={styles.task}>
      <PaperClipOutlined aria-hidden />
      <span className={styles.grow}>{one.name}</span>
      <span className={styles.note}>{monthDay(new Date(one.at))}</span>
      {one.readable && (
        <Act size="phone" busy={open.isPending} onAct={() => open.mutate()} label={t('lawyer.open_paper', { name: one.name })}>
          {t('lawyer.open')}
        </Act>
      )}
    </li>
  );
}

function Summary({ known, page }: { known: CasePage; page: DisputePage }) {
  const { t, say } = useWords();
  return (
    <section className={`${styles.card} ${styles.cardBody}`}>
      <h2 className={styles.cardTitle}>{known.title}</h2>
      <p className={styles.note}>
        {known.case_no} · {say(known.stage?.label)} · {page.grade}
      </p>
      <dl className={styles.lines}>
        <div>
          <dt>{t('lawyer.employer')}</dt>
          <dd>{known.parties.employer?.name ?? '—'}</dd>
        </div>
        <div>
          <dt>{t('lawyer.amount')}</dt>
          <dd>{t('kit.yuan', { amount: yuanText(page.amount_fen) })}</dd>
        </div>
        {known.parties.claimants.items.map((one) => (
          <div key={one.party_id}>
            <dt>{one.name_masked}</dt>
            <dd>{one.phone_masked ? <MaskedText masked={one.phone_masked} owner="intake" kind="party" id={one.party_id} field="phone" /> : '—'}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Dates({ known, page }: { known: CasePage; page: DisputePage }) {
  const { t, say } = useWords();
  const now = useServerNow(STEP_MS);
  const booking = page.content?.conference?.booking;
  const at = booking && new Date(booking.starts_at);
  const clocks = known.clocks.filter((one) => one.state !== 'done').slice(0, DATES_SHOWN);
  return (
    <section>
      <h2 className={styles.section}>{t('lawyer.dates')}</h2>
      <ul className={styles.card}>
        {at && (
          <li className={styles.task}>
            <CalendarOutlined aria-hidden />
            <span className={styles.grow}>{t('lawyer.meeting_in', { room: booking.room })}</span>
            <span>
              {dayOf(at, now, t)} {timeOf(at)}
            </span>
          </li>
        )}
        {clocks.map((one) => (
          <li key={`${one.kind}-${one.due_at}`} className={styles.task}>
            <span className={styles.grow}>{say(one.title)}</span>
            <Clock deadline={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}
