/** Compares two texts character by character, for the conflict dialog. Pure. */

export interface Piece {
  same: boolean;
  text: string;
}

/** Beyond this the table would be too large; the whole text is then shown as different. */
const COMPARED_CHARS_MAX = 2000;

function commonLengths(a: string, b: string): Uint16Array[] {
  const rows = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const row = rows[i]!;
      const below = rows[i + 1]!;
      row[j] = a[i] === b[j] ? below[j + 1]! + 1 : Math.max(below[j]!, row[j + 1]!);
    }
  }
  return rows;
}

function push(pieces: Piece[], same: boolean, char: string): void {
  const last = pieces.at(-1);
  if (last && last.same === same) last.text += char;
  else pieces.push({ same, text: char });
}

/** Both texts cut into parts that they share and parts that only one has. */
export function differences(a: string, b: string): [Piece[], Piece[]] {
  if (a.length > COMPARED_CHARS_MAX || b.length > COMPARED_CHARS_MAX) return [[{ same: a === b, text: a }], [{ same: a === b, text: b }]];
  const common = commonLengths(a, b);
  const left: Piece[] = [];
  const right: Piece[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      push(left, true, a[i]!);
      push(right, true, b[j]!);
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && common[i + 1]![j]! >= common[i]![j + 1]!)) {
      push(left, false, a[i]!);
      i += 1;
    } else {
      push(right, false, b[j]!);
      j += 1;
    }
  }
  return [left, right];
}

/** A first proposal that keeps every word of both: theirs, then mine where it says something else. */
export function merged(mine: string, theirs: string): string {
  if (mine === theirs || mine === '') return theirs;
  return theirs === '' ? mine : `${theirs}\n${mine}`;
}
