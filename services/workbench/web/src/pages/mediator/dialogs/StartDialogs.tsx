/** What acceptance asks for: is it a labour dispute, do both sides agree, does a mediator stand near. */
import { Checkbox, Input } from 'antd';
import { deeds, RELATIONS, type DisputePage } from '@/api/mediation';
import { Choices } from '@/kit/Choices';
import { Field } from '@/kit/Field';
import { useWords } from '@/lib/words';
import { DeedDialog, useForm } from '../shared/DeedDialog';
import { today } from '../shared/days';
import styles from '../shared/shared.module.css';

export interface DialogProps {
  page: DisputePage;
  onClose: () => void;
}

/** Numbered choices inside dialogs bind above the page. */
export const IN_DIALOG = Number.MAX_SAFE_INTEGER;

export function ScopeDialog({ page, onClose }: DialogProps) {
  const { t } = useWords();
  const known = page.content;
  const [form, change] = useForm({
    inScope: known?.in_scope === null || known === null ? null : known.in_scope ? 'yes' : 'no',
    complex: known?.complex_case ?? false,
    two: known?.party_asked_two ?? false,
  } as { inScope: 'yes' | 'no' | null; complex: boolean; two: boolean });
  return (
    <DeedDialog
      page={page}
      title={t('mediation.scope_title')}
      note={t('mediation.scope_note')}
      verb={t('mediation.record')}
      onClose={onClose}
      deed={form.inScope === null ? null : deeds.scope(form.inScope === 'yes', form.complex, form.two)}
      blocked={form.inScope === null ? t('mediation.choose_first') : false}
    >
      <Choices
        items={[
          { value: 'yes', label: t('mediation.scope_yes') },
          { value: 'no', label: t('mediation.scope_no') },
        ]}
        value={form.inScope}
        onChange={(inScope) => change({ inScope })}
        label={t('mediation.scope_title')}
        layer={IN_DIALOG}
      />
      <div className={styles.checks}>
        <Checkbox checked={form.complex} onChange={(event) => change({ complex: event.target.checked })}>
          {t('mediation.scope_complex')}
        </Checkbox>
        <Checkbox checked={form.two} onChange={(event) => change({ two: event.target.checked })}>
          {t('mediation.scope_two')}
        </Checkbox>
      </div>
    </DeedDialog>
  );
}

const SIDES = ['workers', 'employer'] as const;
type Side = (typeof SIDES)[number];
const PURPOSES = ['mediation', 'extension'] as const;

export function ConsentsDialog({ page, onClose }: DialogProps) {
  const { t } = useWords();
  const consents = page.content?.consents ?? [];
  const lacks = SIDES.find((side) => page.missing.some((one) => one.code === `consent_missing_${side}`));
  const [form, change] = useForm({ side: lacks ?? 'workers', purpose: 'mediation', given: null, on: today() } as {
    side: Side;
    purpose: (typeof PURPOSES)[number];
    given: 'yes' | 'no' | null;
    on: string;
  });
  return (
    <DeedDialog
      page={page}
      title={t('mediation.consent_title')}
      note={t('mediation.consent_note')}
      verb={t('mediation.record')}
      onClose={onClose}
      deed={form.given === null ? null : deeds.consent(form.side, form.purpose, form.given === 'yes', form.on || null)}
      blocked={form.given === null ? t('mediation.choose_first') : false}
    >
      {consents.map((one) => (
        <div key={`${one.side}-${one.purpose}-${one.on}-${String(one.given)}`} className={styles.note}>
          {t('mediation.consent_known', { side: t(`mediation.side_${one.side}`), what: t(`mediation.purpose_${one.purpose}`), answer: t(one.given ? 'mediation.agrees' : 'mediation.refuses'), day: one.on })}
        </div>
      ))}
      <Choices items={SIDES.map((value) => ({ value, label: t(`mediation.side_${value}`) }))} value={form.side} onChange={(side) => change({ side })} label={t('mediation.consent_side')} layer={IN_DIALOG} />
      <Choices items={PURPOSES.map((value) => ({ value, label: t(`mediation.purpose_${value}`) }))} value={form.purpose} onChange={(purpose) => change({ purpose })} label={t('mediation.consent_purpose')} layer={IN_DIALOG} />
      <Choices
        items={[
          { value: 'yes', label: t('mediation.agrees') },
          { value: 'no', label: t('mediation.refuses') },
        ]}
        value={form.given}
        onChange={(given) => change({ given })}
        label={t('mediation.consent_answer')}
        layer={IN_DIALOG}
      />
      <Field label={t('mediation.on')}>{(ids) => <Input {...ids} type="date" max={today()} value={form.on} onChange={(event) => change({ on: event.target.value })} />}</Field>
    </DeedDialog>
  );
}

export function DeclarationDialog({ page, onClose }: DialogProps) {
  const { t } = useWords();
  const [form, change] = useForm({ relation: null } as { relation: (typeof RELATIONS)[number] | null });
  return (
    <DeedDialog
      page={page}
      title={t('mediation.declare_title')}
      note={t('mediation.declare_note')}
      verb={t('mediation.declare')}
      onClose={onClose}
      deed={form.relation === null ? null : deeds.declare(form.relation)}
      blocked={form.relation === null ? t('mediation.choose_first') : false}
      width={640}
    >
      <Choices items={RELATIONS.map((value) => ({ value, label: t(`mediation.relation_${value}`) }))} value={form.relation} onChange={(relation) => change({ relation })} label={t('mediation.declare_title')} layer={IN_DIALOG} />
    </DeedDialog>
  );
}
