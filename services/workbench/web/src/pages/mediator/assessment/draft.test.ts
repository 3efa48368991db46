import { describe, expect, it } from 'vitest';
import { conclusionOf, formOf, JUDGEMENT, latest, merge, noteOf, same, fieldsOf } from './draft';
import type { Assessment } from '@/api/mediation';

const written = (version: number, note = ''): Assessment => ({
  stage: 'assessment_1', version, author: 'a', grade: 'G2', judgement: 'go on', answers: [{ item: 'facts', conclusion: 'partly', note }], reason: '', signatures: [], content_hash: 'h',
});

describe('the form of an assessment', () => {
  it('shows the newest version of its own stage', () => {
    expect(latest([written(2), written(1), { ...written(9), stage: 'assessment_2' }], 'assessment_1')?.version).toBe(2);
    expect(latest([], 'assessment_1')).toBeNull();
  });

  it('saves what has a conclusion, and keeps a lone note on the screen', () => {
    const fields = { [noteOf('law')]: 'typed already', [conclusionOf('facts')]: 'yes' };
    expect(formOf(fields, ['facts', 'law'])).toEqual({ answers: [{ item: 'facts', conclusion: 'yes', note: '' }], judgement: '' });
  });

  it('is the same as what it was read from', () => {
    expect(same(fieldsOf(written(1, 'x')), { [JUDGEMENT]: 'go on', 'facts.conclusion': 'partly', 'facts.note': 'x' }, ['facts'])).toBe(true);
  });
});

describe('two people at one form', () => {
  const seen = { [JUDGEMENT]: 'a', 'facts.note': 'b' };

  it('takes what only one of them changed', () => {
    expect(merge(seen, { ...seen, [JUDGEMENT]: 'mine' }, { ...seen, 'facts.note': 'theirs' })).toEqual({ fields: { [JUDGEMENT]: 'mine', 'facts.note': 'theirs' }, clashes: [] });
  });

  it('does not call the same change a clash', () => {
    expect(merge(seen, { ...seen, [JUDGEMENT]: 'c' }, { ...seen, [JUDGEMENT]: 'c' }).clashes).toEqual([]);
  });

  it('names the field both changed differently, and keeps mine until somebody decides', () => {
    const result = merge(seen, { ...seen, [JUDGEMENT]: 'mine' }, { ...seen, [JUDGEMENT]: 'theirs' });
    expect(result.clashes).toEqual([JUDGEMENT]);
    expect(result.fields[JUDGEMENT]).toBe('mine');
  });

  it('keeps a note that is not saved yet', () => {
    expect(merge({}, { 'law.note': 'typing' }, {}).fields['law.note']).toBe('typing');
  });
});
