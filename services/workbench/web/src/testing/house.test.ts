/** House rules of the screens, checked by reading the source. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SHORTCUTS } from '@/lib/keys';

const ROOT = join(import.meta.dirname, '..');
const LINES_MAX = 300;

const files = readdirSync(ROOT, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
const sources = files.filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) && !name.startsWith('testing/'));
const textOf = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
const using = (pattern: RegExp): string[] => sources.filter((name) => pattern.test(withoutComments(textOf(name))));

type Words = Record<string, Record<string, string>>;
function words(language: string): Words {
  const folder = join(ROOT, 'i18n', language);
  return Object.fromEntries(
    readdirSync(folder).filter((name) => name.endsWith('.json')).map((name) => [name.replace('.json', ''), JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, string>]),
  );
}
/** English says some numbers in the singular; the plural is the key that both languages have. */
const isSingular = (key: string, texts: Record<string, string>): boolean => key.endsWith('_one') && key.replace(/_one$/, '') in texts;
const flat = (all: Words): string[] => Object.entries(all).flatMap(([area, texts]) => Object.keys(texts).filter((key) => !isSingular(key, texts)).map((key) => `${area}.${key}`)).toSorted();

describe('one home for each power', () => {
  it('only the client calls fetch', () => expect(using(/\bfetch\(/)).toEqual(['api/client.ts']));
  it('only the stream opens an EventSource', () => expect(using(/new EventSource/)).toEqual(['live/stream.ts']));
  it('only the key table listens to keys', () => expect(using(/onKey(Down|Up|Press)=|'key(down|up|press)'/)).toEqual(['lib/keys.ts']));
  it('text boxes grow by the kit, not by antd: its autoSize writes inline styles that the CSP forbids', () => expect(using(/autoSize/)).toEqual([]));
  it.each(sources)('%s is short enough to read', (name) => expect(textOf(name).split('\n').length).toBeLessThanOrEqual(LINES_MAX));
});

describe('words', () => {
  const zh = words('zh-CN');
  const en = words('en');
  it('both languages have the same keys', () => expect(flat(en)).toEqual(flat(zh)));
  it('no component holds a Chinese literal', () => {
    expect(sources.filter((name) => name.endsWith('.tsx') && /[\u4e00-\u9fff]/.test(withoutComments(textOf(name))))).toEqual([]);
  });
  it('every literal key that a component asks for exists', () => {
    const known = new Set(flat(zh));
    const asked = sources.flatMap((name) => [...textOf(name).matchAll(/\bt\(\s*'([\w-]+\.[\w-]+)'/g)].map((match) => `${name}: ${match[1]}`));
    expect(asked.filter((one) => !known.has(one.split(': ')[1] ?? ''))).toEqual([]);
  });
  it('no text is a bare apology', () => {
    const texts = Object.values(zh).flatMap((area) => Object.values(area));
    expect(texts.filter((text) => /^(非法|失败请重试|系统错误)[。！]?$/.test(text))).toEqual([]);
  });
  it('every shortcut has its words', () => {
    expect(Object.keys(SHORTCUTS).filter((id) => !zh.keys?.[id])).toEqual([]);
  });
});
