/** Who signs, who has, and the one act of this page: finalise and sign exactly what stands on the screen. */
import { useState } from 'react';
import { CheckCircleFilled, ClockCircleOutlined, EditOutlined, LockOutlined } from '@ant-design/icons';
import type { Assessment, DisputePage, Stage } from '@/api/mediation';
import { deeds } from '@/api/mediation';
import type { Role } from '@/api/types';
import { Act } from '@/kit/Act';
import { Avatar } from '@/kit/Avatar';
import { Dialog } from '@/kit/Dialog';
import { Field } from '@/kit/Field';
import { GrowingText } from '@/kit/GrowingText';
import { Panel } from '@/kit/Panel';
import { StatusTag, StatusWord } from '@/kit/StatusTag';
import { toast } from '@/kit/toasts';
import { monthDay, timeOf } from '@/lib/dates';
import { useSession } from '@/lib/session';
import { useWords } from '@/lib/words';
import { Refusal } from '../shared/DeedDialog';
import { useDeed, usePeople } from '../shared/useDispute';
import { conclusionOf, JUDGEMENT, noteOf } from './draft';
import type { AssessmentForm } from './useAssessment';
import styles from './assessment.module.css';

/** Enough of the hash to compare by eye. */
const HASH_SHOWN = 12;
const REASON_CHARS_MAX = 500;

interface Props {
  page: DisputePage;
  stage: Stage;
  form: AssessmentForm;
}

export function SignPanel({ page, stage, form }: Props) {
  const { t } = useWords();
  const session = useSession();
  const [asking, setAsking] = useState<'sign' | 'amend' | null>(null);
  const valid = form.saved?.signatures.filter((one) => one.content_hash === form.saved?.content_hash) ?? [];
  const open = stage.sign_off.filter((role) => valid.every((one) => one.role !== role));
  const role = open.find((one) => session.roles.includes(one)) ?? null;
  const ownRole = stage.sign_off.find((one) => session.roles.includes(one));
  const lacking = page.stage === stage.id ? page.missing.filter((one) => one.cure.startsWith(`assessment.${stage.id}.`) && !one.cure.endsWith('.sign')).length : 0;
  const mayHandle = page.allowed.includes('handle') && page.status === 'running';
  const signed = role === null && ownRole !== undefined;
  const why = lacking > 0 ? t('assess.fill_first', { n: lacking }) : role === null ? t('assess.not_a_signer') : false;
  return (
    <Panel grow still title={t('assess.sign_off')} count={`${valid.length} / ${stage.sign_off.length}`}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard */}
      <div className={styles.signers} tabIndex={0}>
        {stage.sign_off.map((each) => (
          <Signer key={each} role={each} signature={valid.find((one) => one.role === each)} mine={each === role} />
        ))}
        <p className={styles.binds}>
          <LockOutlined aria-hidden />
          <span>
            {t('assess.binds', { n: Object.keys(form.fields).filter((name) => name.endsWith('.conclusion')).length, grade: page.grade, next: (form.saved?.version ?? 1) + 1 })}
            {form.saved && <span className={styles.hash}>{t('assess.hash', { hash: form.saved.content_hash.slice(0, HASH_SHOWN) })}</span>}
          </span>
        </p>
      </div>
      {mayHandle && (
        <div className={styles.signFoot}>
          {signed ? <StatusWord tone="done">{t('assess.you_signed')}</StatusWord> : why && <span className={styles.why}>{why}</span>}
          {form.locked ? (
            <Act size="bar" icon={<EditOutlined />} onAct={() => setAsking('amend')}>
              {t('assess.amend')}
            </Act>
          ) : (
            <Act size="bar" busy={form.saving} blocked={form.dirty ? false : t('assess.all_saved')} onAct={() => void form.save()}>
              {t('assess.save')}
            </Act>
          )}
          {!signed && (
            <Act kind="primary" size="bar" icon={<EditOutlined />} shortcut="submit" blocked={why} onAct={() => setAsking('sign')}>
              {t('assess.sign')}
            </Act>
          )}
        </div>
      )}
      {asking === 'sign' && role && <SignDialog page={page} stage={stage} form={form} role={role} onClose={() => setAsking(null)} />}
      {asking === 'amend' && <AmendDialog form={form} onClose={() => setAsking(null)} />}
    </Panel>
  );
}

function Signer({ role, signature, mine }: { role: Role; signature: Assessment['signatures'][number] | undefined; mine: boolean }) {
  const { t } = useWords();
  const people = usePeople();
  const at = signature && new Date(signature.at);
  const name = signature ? people.nameOf(signature.person) : t(`assess.role_${role}`);
  return (
    <div className={`${styles.signer} ${mine ? styles.signerMine : ''}`}>
      <Avatar name={name} />
      <span className={styles.grow}>
        <b>{name}</b> <span className={styles.small}>{signature ? t(`assess.role_${role}`) : mine ? t('assess.you') : ''}</span>
      </span>
      {at ? (
        <StatusTag tone="done" icon={<CheckCircleFilled aria-hidden />}>
          {monthDay(at)} {timeOf(at)}
        </StatusTag>
      ) : (
        <StatusTag tone="paused" icon={<ClockCircleOutlined aria-hidden />}>
          {t('assess.to_sign')}
        </StatusTag>
      )}
    </div>
  );
}

/** Saves what is not saved yet, then signs the hash of what the server then holds. */
function SignDialog({ page, stage, form, role, onClose }: Props & { role: Role; onClose: () => void }) {
  const { t } = useWords();
  const deed = useDeed(page);
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    const saved = await form.save();
    const signed = saved && (await deed.send(deeds.sign(stage.id, saved.content_hash, role)));
    setBusy(false);
    if (!signed) return;
    toast('done', t('assess.signed'));
    onClose();
  };
  return (
    <Dialog open title={t('assess.sign_title')} note={t('assess.sign_as', { role: t(`assess.role_${role}`) })} onClose={onClose} verb={t('assess.sign_verb')} onSubmit={() => void submit()} busy={busy}>
      <dl className={styles.summary}>
        {stage.checklist
          .filter((item) => form.fields[conclusionOf(item.id)])
          .map((item) => (
            <SummaryLine key={item.id} zh={item.zh} en={item.en} conclusion={form.fields[conclusionOf(item.id)] ?? ''} note={form.fields[noteOf(item.id)] ?? ''} />
          ))}
        <div>
          <dt>{t('assess.grade')}</dt>
          <dd>{page.grade}</dd>
        </div>
        <div>
          <dt>{t('assess.judgement')}</dt>
          <dd>{form.fields[JUDGEMENT]}</dd>
        </div>
      </dl>
      <p className={styles.small}>
        {t('assess.sign_info')} {form.saved && !form.dirty && t('assess.hash', { hash: form.saved.content_hash.slice(0, HASH_SHOWN) })}
      </p>
      <Refusal state={deed} />
      <Refusal state={form} />
    </Dialog>
  );
}

function SummaryLine({ zh, en, conclusion, note }: { zh: string; en: string; conclusion: string; note: string }) {
  const { t, say } = useWords();
  return (
    <div>
      <dt>{say({ zh, en })}</dt>
      <dd>
        <b>{t(`assess.conclusion_${conclusion}`)}</b> {note}
      </dd>
    </div>
  );
}

function AmendDialog({ form, onClose }: { form: AssessmentForm; onClose: () => void }) {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  const submit = () => {
    form.amend(reason);
    onClose();
  };
  return (
    <Dialog open title={t('assess.amend_title')} note={t('assess.amend_note')} onClose={onClose} verb={t('assess.amend_verb')} onSubmit={submit} blocked={reason.trim() ? false : t('mediation.write_reason')}>
      <Field label={t('mediation.reason')} required>
        {(ids) => <GrowingText ids={ids} value={reason} maxLength={REASON_CHARS_MAX} onChange={setReason} />}
      </Field>
    </Dialog>
  );
}
