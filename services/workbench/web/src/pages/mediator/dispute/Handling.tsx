/** One dispute to work on: what the next step lacks, its people, consents, sessions, papers, periods; and its course. */
import { useState, type ReactNode } from 'react';
import { useSearchParams } from 'react-router-dom';
import { CheckCircleFilled } from '@ant-design/icons';
import { deeds, type DisputeContent, type DisputePage } from '@/api/mediation';
import { Act } from '@/kit/Act';
import { Avatar } from '@/kit/Avatar';
import { Panel } from '@/kit/Panel';
import { Empty } from '@/kit/states';
import { StatusTag, StatusWord } from '@/kit/StatusTag';
import { dayOf, timeOf } from '@/lib/dates';
import { useServerNow } from '@/lib/serverTime';
import { useWords } from '@/lib/words';
import { DisputeDialog } from '../dialogs/DisputeDialog';
import { Refusal } from '../shared/DeedDialog';
import { DisputeHead } from '../shared/DisputeHead';
import { Guards } from '../shared/Guards';
import { OfDispute } from '../shared/OfDispute';
import { purposeWords } from '../shared/consents';
import { cureOf, DIALOGS, rightFor, type DialogName } from '../shared/cures';
import { stageParts, useDeed, usePeople, useSaid } from '../shared/useDispute';
import page from '@/kit/page.module.css';
import shared from '../shared/shared.module.css';
import styles from './handling.module.css';

const STEP_MS = 60_000;

export default function Handling() {
  return <OfDispute>{(dispute, content) => <Dispute page={dispute} content={content} />}</OfDispute>;
}

/** Which act of the present stage opens which dialog. */
const COURSE: { act: string; dialog: DialogName }[] = [
  { act: 'waive_meeting', dialog: 'waive_meeting' },
  { act: 'send_back', dialog: 'send_back' },
  { act: 'suspend', dialog: 'standstill' },
  { act: 'resume', dialog: 'standstill' },
  { act: 'end', dialog: 'end' },
  { act: 'archive', dialog: 'archive' },
];

function Dispute({ page: dispute, content }: { page: DisputePage; content: DisputeContent }) {
  const { t } = useWords();
  const [search, setSearch] = useSearchParams();
  const asked = search.get('do');
  const fromLink = asked ? cureOf(asked, dispute.dispute_id) : null;
  const [chosen, setChosen] = useState<DialogName | null>(null);
  const open = chosen ?? (fromLink && 'dialog' in fromLink ? fromLink.dialog : null);
  const close = () => {
    setChosen(null);
    setSearch((now) => {
      now.delete('do');
      return now;
    });
  };
  const may = (name: DialogName): boolean => dispute.allowed.includes(rightFor({ dialog: name })) && (dispute.status === 'running' || name === 'standstill');
  const button = (name: DialogName, label: string) =>
    may(name) && (
      <Act kind="quiet" onAct={() => setChosen(name)}>
        {label}
      </Act>
    );
  return (
    <div className={styles.frame}>
      <DisputeHead page={dispute} title={t('dispute.title')} aside={dispute.status === 'running' ? null : <StatusTag tone="over">{t(`dispute.status_${dispute.status}`)}</StatusTag>} />
      <div className={styles.columns}>
        <Next page={dispute} onDialog={setChosen} may={may} />
        <div className={page.column}>
          <Panel title={t('dispute.people')} action={button('mediators', t('dispute.assign'))}>
            <People page={dispute} content={content} />
          </Panel>
          <Panel title={t('dispute.lawyer')} action={button('lawyer', t('dispute.offers'))}>
            <Lawyer page={dispute} content={content} />
          </Panel>
          <Panel grow title={t('dispute.consents')} action={button('consents', t('mediation.record'))}>
            <Consents content={content} />
          </Panel>
        </div>
        <div className={page.column}>
          <Panel title={t('dispute.periods')} action={dispute.deadlines.some((one) => one.latest !== null) && button('extend', t('dispute.extend'))}>
            <Periods page={dispute} change={dispute.track_open && button('track', t('dispute.change_track'))} />
          </Panel>
          <Panel title={t('dispute.sessions')} count={content.sessions.length} action={button('sessions', t('mediation.record'))}>
            <Sessions content={content} />
          </Panel>
          <Panel grow title={t('dispute.papers')} count={content.file_items.length} action={button('papers', t('mediation.record'))}>
            <Papers content={content} />
          </Panel>
        </div>
      </div>
      {open && DIALOGS.includes(open) && <DisputeDialog name={open} page={dispute} onClose={close} />}
    </div>
  );
}

function Next({ page: dispute, onDialog, may }: { page: DisputePage; onDialog: (name: DialogName) => void; may: (name: DialogName) => boolean }) {
  const { t } = useWords();
  const said = useSaid();
  const deed = useDeed(dispute);
  const next = dispute.stages.find((one) => one.id === dispute.next_stage);
  const lacking = dispute.missing.length;
  const mayAdvance = next && dispute.acts.includes('advance') && dispute.allowed.includes('advance');
  return (
    <Panel
      grow
      still
      title={next ? t('dispute.next_to', { stage: stageParts(said(next)).name }) : t('dispute.next')}
      action={lacking > 0 ? <StatusTag tone="soon">{t('board.still', { n: lacking })}</StatusTag> : <StatusTag tone="done">{t('board.complete')}</StatusTag>}
    >
      <div className={`${shared.body} ${styles.scroll}`}>
        <Guards page={dispute} />
        <div className={styles.course}>
          {COURSE.filter(({ act, dialog }) => dispute.acts.includes(act) && may(dialog)).map(({ act, dialog }) => (
            <Act key={act} kind={act === 'end' || act === 'suspend' ? 'danger' : 'plain'} onAct={() => onDialog(dialog)}>
              {t(`dispute.act_${act}`)}
            </Act>
          ))}
          {may('hardship') && <Act onAct={() => onDialog('hardship')}>{t('dispute.hardship')}</Act>}
        </div>
        <Refusal state={deed} />
      </div>
      {mayAdvance && (
        <footer className={styles.foot}>
          <span className={shared.note}>{lacking > 0 ? t('board.cure_first', { n: lacking }) : ''}</span>
          <Act kind="primary" size="bar" shortcut="next_step" busy={deed.busy} blocked={lacking > 0 ? t('board.cure_first', { n: lacking }) : false} onAct={() => void deed.send(deeds.advance(dispute.stage))}>
            {t('board.advance', { stage: stageParts(said(next)).name })}
          </Act>
        </footer>
      )}
    </Panel>
  );
}

function People({ page: dispute, content }: { page: DisputePage; content: DisputeContent }) {
  const { t } = useWords();
  const people = usePeople();
  if (dispute.mediator_ids.length === 0) return <Empty title={t('dispute.no_mediator')} />;
  return (
    <ul className={shared.body}>
      {dispute.mediator_ids.map((id, index) => {
        const declared = content.declarations.findLast((one) => one.person === id);
        return (
          <li key={id} className={shared.line}>
            <Avatar name={people.nameOf(id)} />
            <span className={shared.grow}>
              {people.nameOf(id)} <span className={shared.note}>{t(index === 0 ? 'dispute.presides' : 'dispute.helps')}</span>
            </span>
            {declared ? <StatusWord tone={declared.relation === 'none' ? 'done' : 'soon'}>{t('dispute.declared', { what: t(`mediation.relation_${declared.relation}`) })}</StatusWord> : <StatusWord tone="soon">{t('dispute.undeclared')}</StatusWord>}
          </li>
        );
      })}
    </ul>
  );
}

function Lawyer({ page: dispute, content }: { page: DisputePage; content: DisputeContent }) {
  const { t } = useWords();
  const people = usePeople();
  const open = dispute.offers.find((one) => one.state === 'open');
  if (!dispute.lawyer_id) return <Empty title={open ? t('dispute.asked', { name: people.nameOf(open.lawyer_id) }) : t('dispute.no_lawyer')} />;
  return (
    <div className={`${shared.body} ${shared.line}`}>
      <Avatar name={people.nameOf(dispute.lawyer_id)} />
      <span className={shared.grow}>{people.nameOf(dispute.lawyer_id)}</span>
      {content.legal_opinion ? <StatusWord tone="done">{t('dispute.opinion_on', { day: content.legal_opinion.on })}</StatusWord> : <StatusWord tone="paused">{t('dispute.no_opinion')}</StatusWord>}
    </div>
  );
}

function Consents({ content }: { content: DisputeContent }) {
  const { t } = useWords();
  const people = usePeople();
  if (content.consents.length === 0) return <Empty title={t('dispute.no_consents')} />;
  return (
    <ul className={shared.body}>
      {content.consents.map((one) => (
        <li key={`${one.side}-${one.purpose}-${one.about ?? ''}-${one.on}-${String(one.given)}`} className={shared.line}>
          <span className={shared.grow}>
            {t(`mediation.side_${one.side}`)} · {purposeWords(one, t, people.nameOf)}
          </span>
          <StatusWord tone={one.given ? 'done' : 'over'}>{t(one.given ? 'mediation.agrees' : 'mediation.refuses')}</StatusWord>
          <span className={shared.note}>{one.on}</span>
        </li>
      ))}
    </ul>
  );
}

function Periods({ page: dispute, change }: { page: DisputePage; change: ReactNode }) {
  const { t } = useWords();
  return (
    <ul className={shared.body}>
      <li className={shared.line}>
        <span className={shared.grow}>
          {t(`mediation.track_${dispute.track}`)}
          <span className={shared.guardNote}>{t('mediation.track_title')}</span>
        </span>
        {change}
      </li>
      {dispute.deadlines.map((one) => (
        <li key={one.kind} className={shared.line}>
          <span className={shared.grow}>
            {t(`mediation.deadline_${one.kind}`)}
            <span className={shared.guardNote}>{one.source}</span>
          </span>
          <b>{one.effective}</b>
          {one.provisional && <span className={shared.note}>{t('clock.provisional')}</span>}
        </li>
      ))}
    </ul>
  );
}

function Sessions({ content }: { content: DisputeContent }) {
  const { t } = useWords();
  const now = useServerNow(STEP_MS);
  if (content.sessions.length === 0) return <Empty title={t('mediation.no_sessions')} />;
  return (
    <ul className={shared.body}>
      {content.sessions.map((one) => (
        <li key={one.id} className={shared.line}>
          <span className={shared.grow}>
            {dayOf(new Date(one.planned_at), now, t)} {timeOf(new Date(one.planned_at))}
          </span>
          {one.held_on ? <StatusWord tone="done">{t('mediation.session_was', { day: one.held_on })}</StatusWord> : <StatusWord tone="normal">{t('dispute.planned')}</StatusWord>}
        </li>
      ))}
    </ul>
  );
}

function Papers({ content }: { content: DisputeContent }) {
  const { t } = useWords();
  if (content.file_items.length === 0) return <Empty title={t('dispute.no_papers')} />;
  return (
    <ul className={shared.body}>
      {content.file_items.map((one) => (
        <li key={one} className={shared.line}>
          <CheckCircleFilled className={shared.good} aria-hidden /> {t(`mediation.paper_${one}`)}
        </li>
      ))}
    </ul>
  );
}
