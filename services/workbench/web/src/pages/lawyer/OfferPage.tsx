/** One offer: the time left first, then what it is, the conflict check as one required choice, and the decision at the thumb. */
import { useRef, useState } from 'react';
import { InfoCircleOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router-dom';
import { newKey, Problem } from '@/api/client';
import { acceptOffer, declineOffer, DECLINES, type Decline } from '@/api/lawyers';
import { Act } from '@/kit/Act';
import { FieldError } from '@/kit/Field';
import { yuanText } from '@/kit/Money';
import { Empty, QueryState } from '@/kit/states';
import { toast } from '@/kit/toasts';
import { dayOf, timeOf } from '@/lib/dates';
import { useServerNow } from '@/lib/serverTime';
import { useWords } from '@/lib/words';
import { Compared } from '../common/Compared';
import { OfferTags } from './Inbox';
import { Phone } from './Phone';
import { Countdown } from './Countdown';
import { useOffers, type OfferShown } from './useOffers';
import styles from './phone.module.css';

const STEP_MS = 60_000;
const NOTE_CHARS_MAX = 200;

export default function OfferPage() {
  const { t } = useWords();
  const { offerId } = useParams();
  const { query, all, open } = useOffers();
  const offer = all?.find((one) => one.offer_id === offerId);
  if (!offer || offer.state !== 'open') {
    return (
      <Phone title={t('lawyer.offer')} back="/m">
        <QueryState query={query} rows={6}>
          {() => (
            <div className={styles.card}>
              <Empty title={t(offer ? `lawyer.was_${offer.state}` : 'lawyer.no_such')} advice={t(offer?.state === 'accepted' ? 'lawyer.was_accepted_advice' : 'lawyer.nothing_to_do')} />
            </div>
          )}
        </QueryState>
      </Phone>
    );
  }
  return <OpenOffer key={offer.offer_id} offer={offer} place={t('lawyer.nth', { n: (open?.indexOf(offer) ?? 0) + 1, all: open?.length ?? 1 })} />;
}

type Conflict = 'none' | 'unsure';

function OpenOffer({ offer, place }: { offer: OfferShown; place: string }) {
  const { t, explain } = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const check = useRef<HTMLElement>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [ask, setAsk] = useState(false);
  const [declining, setDeclining] = useState(false);
  const [reason, setReason] = useState<Decline | null>(null);
  const [note, setNote] = useState('');
  const [key] = useState(newKey);
  const over = (words: string, to: string) => {
    toast('done', words);
    // First away: the offer, read again, would show for a moment that it is over.
    void Promise.resolve(navigate(to)).then(() => client.invalidateQueries());
  };
  const accept = useMutation<unknown, Problem>({
    mutationFn: () => acceptOffer(offer.offer_id, conflict === 'none', key),
    onSuccess: () => over(t('lawyer.accepted'), `/m/disputes/${offer.dispute_id}`),
    onError: () => void client.invalidateQueries({ queryKey: ['dispute', 'offers'] }),
  });
  const decline = useMutation<unknown, Problem, Decline>({
    mutationFn: (why) => declineOffer(offer.offer_id, why, note, key),
    onSuccess: () => over(t('lawyer.declined'), '/m'),
  });
  const problem = declining ? decline.error : accept.error;
  const onAccept = () => {
    if (conflict !== null) {
      accept.mutate();
      return;
    }
    setAsk(true);
    check.current?.scrollIntoView({ block: 'center' });
    check.current?.querySelector<HTMLElement>('input')?.focus();
  };
  const startDeclining = () => {
    setReason(conflict === 'unsure' || offer.check?.conflict ? 'conflict' : null);
    setDeclining(true);
  };
  return (
    <Phone
      title={t('lawyer.offer')}
      back="/m"
      aside={place}
      under={<Countdown offer={offer} />}
      foot={
        <footer className={styles.decide}>
          {problem && (
            <div className={styles.problem} role="alert">
              <FieldError>{explain(problem)}</FieldError>
            </div>
          )}
          {declining ? (
            <>
              <Act size="phone" onAct={() => setDeclining(false)}>
                {t('lawyer.back')}
              </Act>
              <Act size="phone" kind="primary" block busy={decline.isPending} blocked={reason ? false : t('lawyer.choose_reason')} onAct={() => reason && decline.mutate(reason)}>
                {t('lawyer.decline_now')}
              </Act>
            </>
          ) : (
            <>
              <Act size="phone" onAct={startDeclining}>
                {t('lawyer.decline')}
              </Act>
              <Act size="phone" kind="primary" block busy={accept.isPending} blocked={offer.check?.conflict ? t('lawyer.conflict_decline') : false} onAct={onAccept}>
                {t('lawyer.accept')}
              </Act>
            </>
          )}
        </footer>
      }
    >
      {declining ? (
        <fieldset className={`${styles.card} ${styles.reasons}`}>
          <legend className={styles.cardTitle}>{t('lawyer.why')}</legend>
          {DECLINES.map((one) => (
            <Radio key={one} name="reason" checked={reason === one} onChoose={() => setReason(one)} label={t(`lawyer.reason_${one}`)} />
          ))}
          <Input.TextArea aria-label={t('lawyer.reason_note')} placeholder={t('lawyer.reason_note')} value={note} maxLength={NOTE_CHARS_MAX} rows={3} onChange={(event) => setNote(event.target.value)} />
        </fieldset>
      ) : (
        <>
          <About offer={offer} />
          <section ref={check} className={`${styles.card} ${styles.check}`} aria-label={t('lawyer.check')}>
            <Check offer={offer} />
            <fieldset className={styles.two}>
              <legend className="nl-sr">{t('lawyer.check')}</legend>
              <Radio name="conflict" checked={conflict === 'none'} onChoose={() => setConflict('none')} label={t('lawyer.no_conflict')} />
              <Radio name="conflict" checked={conflict === 'unsure'} onChoose={() => setConflict('unsure')} label={t('lawyer.unsure')} />
            </fieldset>
            <div aria-live="assertive">{ask && conflict === null && <FieldError>{t('lawyer.choose_first')}</FieldError>}</div>
          </section>
          <p className={styles.info}>
            <InfoCircleOutlined aria-hidden />
            <span>{t('lawyer.role_info')}</span>
          </p>
        </>
      )}
    </Phone>
  );
}

function Radio({ name, checked, onChoose, label }: { name: string; checked: boolean; onChoose: () => void; label: string }) {
  return (
    <label className={`${styles.radio} ${checked ? styles.radioOn : ''}`}>
      <input type="radio" name={name} checked={checked} onChange={onChoose} />
      <span>{label}</span>
    </label>
  );
}

function Lines({ lines }: { lines: [name: string, value: string | null][] }) {
  return (
    <dl className={styles.lines}>
      {lines.map(([name, value]) =>
        value ? (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}

function About({ offer }: { offer: OfferShown }) {
  const { t, say } = useWords();
  const now = useServerNow(STEP_MS);
  const { words, fee } = offer;
  const at = words?.meeting_at ? new Date(words.meeting_at) : null;
  const meeting = at ? `${dayOf(at, now, t)} ${timeOf(at)}${words?.online ? t('lawyer.online') : ''}` : null;
  return (
    <section className={styles.card}>
      <div className={styles.cardBody}>
        <OfferTags offer={offer} withRegion />
        <h2 className={styles.cardTitle}>{words?.title ?? t('lawyer.untitled', { n: offer.claimant_count })}</h2>
        <Lines
          lines={[
            [t('lawyer.amount'), offer.amount_fen ? t('kit.yuan', { amount: yuanText(offer.amount_fen) }) : null],
            [t('lawyer.first_meeting'), meeting],
            [t('lawyer.asks'), offer.asks?.map((one) => t(`lawyer.asks_${one}`)).join(t('kit.list_comma')) ?? null],
            [t('lawyer.fee'), fee && t('lawyer.fee_line', { amount: t('kit.yuan', { amount: yuanText(fee.fen) }), whose: say(fee) })],
          ]}
        />
      </div>
    </section>
  );
}

function Check({ offer }: { offer: OfferShown }) {
  const { t } = useWords();
  const words = offer.words;
  const names = words && (words.surname_count > words.surnames.length ? t('lawyer.surnames_more', { names: words.surnames.join(t('kit.list_comma')), n: words.surname_count }) : words.surnames.join(t('kit.list_comma')));
  return (
    <>
      <h2 className={styles.cardTitle}>
        {t('lawyer.check')} <span className={`${styles.note} ${styles.right}`}>{t('lawyer.required')}</span>
      </h2>
      <Lines lines={[[t('lawyer.employer'), words?.employer_name ?? null], [t('lawyer.surnames'), names || null]]} />
      {offer.check && <Compared check={offer.check} own />}
    </>
  );
}

