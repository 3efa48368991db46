/** The selected dispute beside the board: what the next step lacks and how to cure it, what is met, its dates, the latest. */
import { CloseOutlined, ArrowRightOutlined, LinkOutlined, StopFilled } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router-dom';
import type { BoardCard } from '@/api/board';
import type { Problem } from '@/api/client';
import { deeds, type DisputePage } from '@/api/mediation';
import type { Deadline } from '@/api/types';
import { getTimeline } from '@/api/workbench';
import { Act } from '@/kit/Act';
import { Clock } from '@/kit/Clock';
import { Grade } from '@/kit/Grade';
import { QueryState } from '@/kit/states';
import { Rich } from '@/kit/Rich';
import { StatusTag } from '@/kit/StatusTag';
import { dayOf, daysBetween, monthDay, startOfDay, timeOf } from '@/lib/dates';
import { useKey } from '@/lib/keys';
import { useServerNow } from '@/lib/serverTime';
import { useWords } from '@/lib/words';
import { Guards } from '../shared/Guards';
import { Refusal } from '../shared/DeedDialog';
import { missingOf, stageParts, useCaseOf, useDeed, useDispute, useSaid } from '../shared/useDispute';
import { useAmount } from './Card';
import styles from './drawer.module.css';

const RECENT_SHOWN = 3;
const DATES_SHOWN = 5;
const STEP_MS = 60_000;

interface Props {
  disputeId: string;
  card: BoardCard | null;
  /** The server refused to move this dispute: its answer. */
  refused: Problem | null;
  onClose: () => void;
}

export function Drawer({ disputeId, card, refused, onClose }: Props) {
  const { t } = useWords();
  const query = useDispute(disputeId);
  useKey('close', onClose);
  return (
    <aside className={styles.drawer} aria-label={t('board.drawer')}>
      <button type="button" className={styles.close} onClick={onClose} aria-label={t('board.close')}>
        <CloseOutlined />
      </button>
      <QueryState query={query} rows={8}>
        {(page) => <Content key={page.dispute_id} page={page} card={card} refused={refused} />}
      </QueryState>
    </aside>
  );
}

const dotted = (text: string): string => Object.values(stageParts(text)).filter(Boolean).join(' · ');

function Content({ page, card, refused }: { page: DisputePage; card: BoardCard | null; refused: Problem | null }) {
  const { t } = useWords();
  const said = useSaid();
  const amount = useAmount();
  const around = useCaseOf(page);
  const title = around.data?.title ?? (card ? `${card.employer ?? ''} ${card.matter}` : t('board.drawer'));
  const owner = card?.owner ?? around.data?.owner;
  const stage = page.stages.find((one) => one.id === page.stage);
  const next = page.stages.find((one) => one.id === page.next_stage);
  const missing = page.missing;
  // A refusal stands until what it listed is cured; one without a list says its own sentence.
  const stands = refused !== null && (missing.length > 0 || missingOf(refused).length === 0);
  return (
    <>
      <header className={styles.head}>
        <div className={styles.no}>
          {card?.case_no ?? around.data?.case_no}{' '}
          <Link to={`/cases/${page.case_id}`} aria-label={t('board.open_case')}>
            <LinkOutlined />
          </Link>
        </div>
        <h2 className={styles.title}>{title}</h2>
        <dl className={styles.facts}>
          <Fact name={t('board.grade')}>
            <Grade grade={page.grade} />
          </Fact>
          <Fact name={t('board.claimants')}>{t('board.n_people', { n: page.claimant_count })}</Fact>
          <Fact name={t('board.amount')}>{amount(page.amount_fen || null)}</Fact>
          <Fact name={t('board.owner')}>{owner?.name ?? t('mediation.nobody')}</Fact>
        </dl>
      </header>
      <div className={`${styles.step} ${stands ? styles.stepRefused : missing.length === 0 ? styles.stepReady : ''}`}>
        <span>{stage && dotted(said(stage))}</span>
        {next && (
          <>
            <ArrowRightOutlined aria-label={t('board.to')} /> <b>{dotted(said(next))}</b>
          </>
        )}
        <span className={styles.push}>
          {missing.length > 0 ? <StatusTag tone={stands ? 'over' : 'soon'}>{t('board.still', { n: missing.length })}</StatusTag> : <StatusTag tone="done">{t('board.complete')}</StatusTag>}
        </span>
      </div>
      {stands && (
        <div className={styles.refused}>
          <b>
            <StopFilled aria-hidden /> {t('board.refused')}
          </b>
          {missingOf(refused).length === 0 && <Refusal state={{ problem: refused }} />}
        </div>
      )}
      <div className={styles.scroll}>
        <Guards page={page} />
        <h3 className={styles.part}>{t('board.dates')}</h3>
        <QueryState query={around} rows={3}>
          {(known) => <Dates deadlines={known.clocks} />}
        </QueryState>
        <h3 className={styles.part}>{t('board.recent')}</h3>
        <Recent caseId={page.case_id} />
      </div>
      <Foot page={page} lacking={missing.length} />
    </>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Dates({ deadlines }: { deadlines: Deadline[] }) {
  const { t, say } = useWords();
  const now = useServerNow(STEP_MS);
  const when = (one: Deadline): string => {
    const due = new Date(one.due_at ?? 0);
    if (daysBetween(now, due) === 0) return `${t('dates.near_0')} ${timeOf(due)}`;
    return one.unit === 'day' ? dayOf(due, now, t) : `${monthDay(due)} ${timeOf(due)}`;
  };
  return (
    <ul className={styles.dates}>
      {deadlines
        .filter((one) => one.state !== 'done')
        .slice(0, DATES_SHOWN)
        .map((one) => (
          <li key={`${one.kind}-${one.due_at}`}>
            <span>{say(one.title)}</span>
            <b>{one.due_at ? when(one) : t('clock.none')}</b>
            <Clock deadline={one} />
            <span className={styles.rule} title={say(one.rule)}>
              {one.raw_day ? t('board.rolled', { day: monthDay(startOfDay(one.raw_day)) }) : say(one.rule).split(' · ').at(-1)}
            </span>
          </li>
        ))}
    </ul>
  );
}

function Recent({ caseId }: { caseId: string }) {
  const { t } = useWords();
  const now = useServerNow(STEP_MS);
  const query = useQuery({ queryKey: ['case', caseId, 'timeline', 'recent'], queryFn: () => getTimeline(caseId, {}) });
  return (
    <QueryState query={query} rows={2}>
      {(page) =>
        page.items.length === 0 ? (
          <p className={styles.none}>{t('board.nothing_yet')}</p>
        ) : (
          <ul className={styles.recent}>
            {page.items.slice(0, RECENT_SHOWN).map((one) => {
              const at = new Date(one.at);
              return (
                <li key={one.id}>
                  <span>{daysBetween(now, at) === 0 ? timeOf(at) : monthDay(at)}</span>
                  <span>
                    <Rich text={one.text} />
                  </span>
                </li>
              );
            })}
          </ul>
        )
      }
    </QueryState>
  );
}

function Foot({ page, lacking }: { page: DisputePage; lacking: number }) {
  const { t } = useWords();
  const said = useSaid();
  const navigate = useNavigate();
  const state = useDeed(page);
  const next = page.stages.find((one) => one.id === page.next_stage);
  const mayAdvance = next !== undefined && page.acts.includes('advance') && page.allowed.includes('advance');
  return (
    <footer className={styles.foot}>
      <span className={styles.says} aria-live="polite">
        {state.problem ? <Refusal state={state} /> : mayAdvance && lacking > 0 ? t('board.cure_first', { n: lacking }) : ''}
      </span>
      <Act size="bar" shortcut="open" onAct={() => void navigate(`/cases/${page.case_id}`)}>
        {t('board.open_case')}
      </Act>
      {mayAdvance && next && (
        <Act kind="primary" size="bar" busy={state.busy} blocked={lacking > 0 ? t('board.cure_first', { n: lacking }) : false} onAct={() => void state.send(deeds.advance(page.stage))}>
          {t('board.advance', { stage: stageParts(said(next)).name })}
        </Act>
      )}
    </footer>
  );
}
