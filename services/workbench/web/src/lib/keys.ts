/**
 * The only keydown listener. Keys are matched by `event.code`, never during input by an input method (Enter, Esc and Tab
 * belong to it then), and the sheet behind `?` is printed from the same table that binds them.
 */
import { useEffect, useRef, useSyncExternalStore, type RefObject } from 'react';
import { noteAct } from './activity';

/** Chrome reports this code for keys that the input method swallowed. */
const IME_KEY_CODE = 229;

interface Shortcut {
  codes: readonly string[];
  ctrl?: boolean;
  shift?: boolean;
  /** `outside`: not while typing. `anywhere`: also in inputs. */
  where: 'outside' | 'anywhere';
  /** A plain letter or sign: can be switched off by the user (WCAG 2.1.4). */
  letter?: boolean;
  caps: readonly string[];
}

const digits = Array.from({ length: 9 }, (_, index) => [`Digit${index + 1}`, `Numpad${index + 1}`]).flat();

export const SHORTCUTS = {
  new_call: { codes: ['F2'], where: 'anywhere', caps: ['F2'] },
  other_side: { codes: ['F4'], where: 'anywhere', caps: ['F4'] },
  hold: { codes: ['F8'], where: 'anywhere', caps: ['F8'] },
  phrases: { codes: ['F9'], where: 'anywhere', caps: ['F9'] },
  submit: { codes: ['Enter', 'NumpadEnter'], ctrl: true, where: 'anywhere', caps: ['Ctrl', 'Enter'] },
  close: { codes: ['Escape'], where: 'anywhere', caps: ['Esc'] },
  search: { codes: ['Slash', 'NumpadDivide'], where: 'outside', letter: true, caps: ['/'] },
  sheet: { codes: ['Slash'], shift: true, where: 'outside', caps: ['?'] },
  down: { codes: ['KeyJ', 'ArrowDown'], where: 'outside', letter: true, caps: ['J'] },
  up: { codes: ['KeyK', 'ArrowUp'], where: 'outside', letter: true, caps: ['K'] },
  open: { codes: ['Enter', 'NumpadEnter'], where: 'outside', caps: ['Enter'] },
  act: { codes: ['KeyR'], where: 'outside', letter: true, caps: ['R'] },
  reply: { codes: ['KeyR'], where: 'outside', letter: true, caps: ['R'] },
  assign: { codes: ['KeyA'], where: 'outside', letter: true, caps: ['A'] },
  transfer: { codes: ['KeyT'], where: 'outside', letter: true, caps: ['T'] },
  finish: { codes: ['KeyC'], where: 'outside', letter: true, caps: ['C'] },
  next_step: { codes: ['KeyN'], where: 'outside', letter: true, caps: ['N'] },
  copy_no: { codes: ['Period', 'NumpadDecimal'], where: 'outside', letter: true, caps: ['.'] },
  previous_work: { codes: ['ArrowLeft'], shift: true, where: 'outside', caps: ['Shift', '←'] },
  next_work: { codes: ['ArrowRight'], shift: true, where: 'outside', caps: ['Shift', '→'] },
  lift: { codes: ['Space'], where: 'outside', caps: ['Space'] },
  stage_left: { codes: ['ArrowLeft'], where: 'outside', caps: ['←'] },
  stage_right: { codes: ['ArrowRight'], where: 'outside', caps: ['→'] },
  meet: { codes: ['KeyM'], where: 'outside', letter: true, caps: ['M'] },
  replay: { codes: ['KeyP'], where: 'outside', letter: true, caps: ['P'] },
  choose: { codes: digits, where: 'outside', caps: ['1', '9'] },
  take_suggestion: { codes: ['Enter', 'NumpadEnter'], where: 'anywhere', caps: ['Tab', 'Enter'] },
  list_down: { codes: ['ArrowDown'], where: 'anywhere', caps: ['↓'] },
  list_up: { codes: ['ArrowUp'], where: 'anywhere', caps: ['↑'] },
  list_take: { codes: ['Enter', 'NumpadEnter', 'Tab'], where: 'anywhere', caps: ['Enter'] },
} as const satisfies Record<string, Shortcut>;

export type ShortcutId = keyof typeof SHORTCUTS;

interface Binding {
  id: ShortcutId;
  run: (event: KeyboardEvent) => void | false;
  within?: RefObject<HTMLElement | null>;
  layer: number;
}

let bindings: readonly Binding[] = [];
let openLayers = 0;
let lettersOn = true;
const watchers = new Set<() => void>();

function change(next: readonly Binding[]): void {
  bindings = next;
  for (const watcher of watchers) watcher();
}

export function setLetterKeys(on: boolean): void {
  lettersOn = on;
  change([...bindings]);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('[role=combobox],[role=listbox]')) return true;
  if (target instanceof HTMLInputElement) return !['button', 'checkbox', 'radio', 'submit'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** Enter and Space on a button or a link already mean something. */
function hasOwnMeaning(target: EventTarget | null, code: string): boolean {
  if (code !== 'Enter' && code !== 'NumpadEnter' && code !== 'Space') return false;
  return target instanceof HTMLElement && target.closest('button,a[href],summary,[role=button],[role=tab]') !== null;
}

function fits(shortcut: Shortcut, event: KeyboardEvent): boolean {
  if (event.altKey || event.metaKey || event.ctrlKey !== (shortcut.ctrl ?? false)) return false;
  if (event.shiftKey !== (shortcut.shift ?? false)) return false;
  if (!shortcut.codes.includes(event.code)) return false;
  if (shortcut.where === 'anywhere') return true;
  if (isTyping(event.target) || hasOwnMeaning(event.target, event.code)) return false;
  // Arrows stay when single letters are switched off.
  return lettersOn || !shortcut.letter || event.code.startsWith('Arrow');
}

/** Ctrl+Enter is asked before the page's own parts: an open list would take the Enter for itself. */
function goesFirst(event: KeyboardEvent): boolean {
  return event.ctrlKey && !event.altKey && !event.metaKey;
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.isComposing || event.keyCode === IME_KEY_CODE || event.defaultPrevented) return;
  for (const binding of bindings.toReversed()) {
    if (binding.layer < openLayers || !fits(SHORTCUTS[binding.id], event)) continue;
    if (binding.within && !binding.within.current?.contains(document.activeElement)) continue;
    if (binding.run(event) !== false) {
      event.preventDefault();
      if (goesFirst(event)) event.stopPropagation();
      return;
    }
  }
}

if (typeof window !== 'undefined') {
  window.addEventListener(
    'keydown',
    (event) => {
      noteAct();
      if (goesFirst(event)) onKeyDown(event);
    },
    { capture: true },
  );
  window.addEventListener('keydown', (event) => goesFirst(event) || onKeyDown(event));
}

export interface KeyOptions {
  enabled?: boolean;
  /** Only while the focus is inside this element; lets numbered choices of several blocks live together. */
  within?: RefObject<HTMLElement | null>;
  /** Depth of dialogs: 0 is the page. See `useKeyLayer`. */
  layer?: number;
}

/** Binds one shortcut of the table. The handler may return false to pass the key on. */
export function useKey(id: ShortcutId, run: (event: KeyboardEvent) => void | false, options: KeyOptions = {}): void {
  const { enabled = true, within, layer = 0 } = options;
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (!enabled) return undefined;
    const binding: Binding = { id, run: (event) => latest.current(event), within, layer };
    change([...bindings, binding]);
    return () => change(bindings.filter((one) => one !== binding));
  }, [id, enabled, within, layer]);
}

/** Numbered choices 1–9 of the focused block. */
export function useNumberKeys(choose: (index: number) => void, options: KeyOptions = {}): void {
  useKey('choose', (event) => choose(Number(event.code.at(-1)) - 1), options);
}

/** While open, keys of the page below are silent. Returns the layer that the dialog's own keys bind to. */
export function useKeyLayer(open: boolean): number {
  useEffect(() => {
    if (!open) return undefined;
    openLayers += 1;
    return () => {
      openLayers -= 1;
    };
  }, [open]);
  return DIALOG_LAYER;
}

/** Dialogs bind here: above every page; the one opened last is asked first. */
const DIALOG_LAYER = Number.MAX_SAFE_INTEGER;

/** The shortcuts bound at this moment, each once, in table order: what the `?` sheet prints. */
export function useBoundShortcuts(): ShortcutId[] {
  const current = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => bindings,
  );
  const bound = new Set(current.filter((one) => lettersOn || !isLetter(one.id)).map((one) => one.id));
  return (Object.keys(SHORTCUTS) as ShortcutId[]).filter((id) => bound.has(id));
}

function isLetter(id: ShortcutId): boolean {
  const shortcut: Shortcut = SHORTCUTS[id];
  return shortcut.letter ?? false;
}
