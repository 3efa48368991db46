/** Registering a call. Each call has its own draft; after saving, the next one is a key away. */
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import type { CallForm, Registered } from '@/api/intake';
import { useKey } from '@/lib/keys';
import { useWords } from '@/lib/words';
import { PageHead } from '@/kit/PageHead';
import { firstDraftId, newDraftId, useDraft } from './newcall/draft';
import { Editor } from './newcall/Editor';
import { Saved } from './newcall/Saved';
import page from '@/kit/page.module.css';

interface Start {
  id: string;
  with: Partial<CallForm>;
}

/** The address may name a draft; another address is another call. */
export default function NewCall() {
  const { draftId } = useParams();
  return <Calls key={draftId ?? 'new'} draftId={draftId} />;
}

function Calls({ draftId }: { draftId: string | undefined }) {
  const [start, setStart] = useState<Start>(() => ({ id: draftId ?? firstDraftId(), with: {} }));
  const navigate = useNavigate();
  const next = (carry: Partial<CallForm>) => {
    setStart({ id: newDraftId(), with: carry });
    if (draftId) void navigate('/calls/new');
  };
  return <OneCall key={start.id} start={start} onNext={next} />;
}

function OneCall({ start, onNext }: { start: Start; onNext: (carry: Partial<CallForm>) => void }) {
  const draft = useDraft(start.id, start.with);
  const [done, setDone] = useState<{ registered: Registered; form: CallForm } | null>(null);
  if (done) {
    const { phone, party_id, caller_name, salutation, employer_id, employer_name, region, call_id } = done.form;
    return <AfterSaving registered={done.registered} onNext={() => onNext({})} onSameCaller={() => onNext({ phone, party_id, caller_name, salutation, employer_id, employer_name, region, call_id })} />;
  }
  return (
    <Editor
      draft={draft}
      onRegistered={(registered, form) => {
        draft.forget();
        setDone({ registered, form });
      }}
    />
  );
}

function AfterSaving({ registered, onNext, onSameCaller }: { registered: Registered; onNext: () => void; onSameCaller: () => void }) {
  const { t } = useWords();
  useKey('new_call', onNext);
  return (
    <div className={page.page}>
      <PageHead title={t('call.page')} />
      <Saved registered={registered} onNext={onNext} onSameCaller={onSameCaller} />
    </div>
  );
}
