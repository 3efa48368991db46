import { beforeEach, describe, expect, it } from 'vitest';
import { allDrafts, dropDraft, keepDraft, readDraft } from './drafts';

const TEXT = { facts: 'f', analysis: 'a', advice: '' };
const AT = new Date('2026-11-24T06:03:00Z');

describe('an opinion kept on the phone', () => {
  beforeEach(() => localStorage.clear());

  it('is there again after the browser was closed', () => {
    keepDraft('d1', TEXT, AT);
    expect(readDraft('d1')).toMatchObject({ ...TEXT, saved_at: AT.toISOString(), queued: false });
  });

  it('keeps its key while it is edited, so that two uploads give one opinion', () => {
    const { key } = keepDraft('d1', TEXT, AT);
    expect(keepDraft('d1', { ...TEXT, advice: 'x' }, AT, true).key).toBe(key);
  });

  it('is listed with the others, and gone once uploaded', () => {
    keepDraft('d1', TEXT, AT, true);
    keepDraft('d2', TEXT, AT);
    localStorage.setItem('something.else', '{}');
    expect([...allDrafts().keys()].toSorted()).toEqual(['d1', 'd2']);
    dropDraft('d1');
    expect([...allDrafts().keys()]).toEqual(['d2']);
  });

  it('a spoiled entry is no draft', () => {
    localStorage.setItem('nuanliu.opinion.d1', '{');
    expect(readDraft('d1')).toBeNull();
  });
});
