/** What the server counts: characters, not halves of them. */
export const lengthOf = (text: string): number => [...text].length;

const MOST_MARKS = 5;
// eslint-disable-next-line no-control-regex -- they are what is taken out
const SPACE = /[\t-\r\x1c-\x1f\x85\p{Z}]+/gu;
/** Shows nothing: controls, what Unicode calls default ignorable, private use, noncharacters, half characters. */
const NOTHING = new RegExp(
  "[\\0-\\x08\\x0e-\\x1b\\x7f-\\x84\\x86-\\x9f\\xad\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u180e\\u200b\\u2060-\\u2065" +
    "\\u206a-\\u206f\\u3164\\ufeff\\uffa0\\ufff0-\\ufffb\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}" +
    "\\u{e0000}-\\u{e001f}\\u{e0080}-\\u{e00ff}\\u{e01f0}-\\u{e0fff}" +
    "\\ud800-\\udfff\\ue000-\\uf8ff\\ufdd0-\\ufdef\\u{f0000}-\\u{10ffff}" +
    Array.from({ length: 15 }, (_, plane) => `\\u{${plane.toString(16)}fffe}\\u{${plane.toString(16)}ffff}`).join("") +
    "]",
  "gu",
);
const MARK = /^\p{M}$/u;
const JOINED = /^[\p{L}\p{M}\p{S}]$/u;
const SHOWS = /[\p{L}\p{N}\p{P}\p{S}]/u;
const BLANK = /\u2800/g;
const TAG = /^[\u{e0020}-\u{e007f}]$/u;
const FLAG = "\u{1f3f4}";
const isJoiner = (char: string): boolean => char === "\u200c" || char === "\u200d";
const isEmbedding = (char: string): boolean => /^[\u202a\u202b\u202d\u202e]$/.test(char);
const isIsolate = (char: string): boolean => /^[\u2066-\u2068]$/.test(char);

/** As it is sent, and as it comes back: one space between words, and no characters that show nothing or harm what is
 *  beside them. What and why is in sessions/domain/sanitiser.py; both are held against tests/wordings.json. */
export function cleanText(text: string): string {
  // Composing may leave marks that were too many before, so until nothing changes any more.
  let clean = cleanOnce(text);
  for (let again = cleanOnce(clean); again !== clean; again = cleanOnce(clean)) clean = again;
  return clean;
}

function cleanOnce(text: string): string {
  const plain = spaced(text).replace(NOTHING, "");
  const composed = compose(withPairs(withFlags([...plain])).join(""));
  const cleaned = spaced(withJoiners(withFewMarks([...composed])).join(""));
  return SHOWS.test(cleaned.replace(BLANK, "")) ? cleaned : "";
}

const spaced = (text: string): string => text.replace(SPACE, " ").replace(/^ | $/g, "");

function compose(text: string): string {
  const composed = text.normalize("NFC");
  return lengthOf(composed) <= lengthOf(text) ? composed : text;
}

function withFlags(chars: readonly string[]): string[] {
  const kept: string[] = [];
  for (const char of chars) {
    const before = kept.at(-1) ?? "";
    if (!TAG.test(char) || before === FLAG || TAG.test(before)) kept.push(char);
  }
  return kept;
}

/** Without what turns the direction of writing and is not closed, or closes nothing. */
function withPairs(chars: readonly string[]): string[] {
  const paired = new Set<number>();
  const open: number[] = [];
  const top = (): string => chars[open.at(-1) ?? -1] ?? "";
  const pair = (place: number): void => void paired.add(open.pop() ?? place).add(place);
  chars.forEach((char, place) => {
    if (isEmbedding(char) || isIsolate(char)) open.push(place);
    else if (char === "\u202c" && isEmbedding(top())) pair(place);
    else if (char === "\u2069" && open.some((other) => isIsolate(chars[other] ?? ""))) {
      while (!isIsolate(top())) open.pop();
      pair(place);
    }
  });
  return chars.filter((char, place) => !/^[\u202a-\u202e\u2066-\u2069]$/.test(char) || paired.has(place));
}

/** Marks of a letter that are too many would be drawn over other cards. */
function withFewMarks(chars: readonly string[]): string[] {
  let marks = 0;
  return chars.filter((char) => {
    const isMark = MARK.test(char);
    if (isMark) marks += 1;
    else if (!isJoiner(char)) marks = 0;
    return !isMark || marks <= MOST_MARKS;
  });
}

function withJoiners(chars: readonly string[]): string[] {
  const kept: string[] = [];
  chars.forEach((char, place) => {
    const before = kept.at(-1) ?? "";
    const joins = JOINED.test(before) && (JOINED.test(chars[place + 1] ?? "") || MARK.test(before));
    if (!isJoiner(char) || joins) kept.push(char);
  });
  return kept;
}
