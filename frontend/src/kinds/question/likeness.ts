/** Which questions ask nearly the same: by the words they share, so that somebody sees it before asking again. */

/** Words that every question has. */
const COMMON = new Set(
  (
    "aan als ben bij dan dat de den der des die dit een en er ge had heb het hij hoe hun ik in is je jij jullie kan kun " +
    "maar me met mij na naar niet nog nu of om onder onze ook op over straks te tot uit van veel voor waar waarom wanneer was wat " +
    "we wel welke werd wie wij wil word wordt worden zal ze zich zij zijn zo zou " +
    "a about all an and any are as at be by can do does for from has have how i if in is it its my of on or our so that the " +
    "their there they this to us was we what when where which who why will with would you your"
  ).split(" "),
);
/** Of longer words the beginning counts, so that one and many are the same. */
const STEM = 5;
/** So much of the shorter question stands in the other. */
const ALIKE = 0.5;

// Each of these is taken away by itself: none is meant together with a letter before it.
const ACCENTS =
  // eslint-disable-next-line no-misleading-character-class
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/g;

/** Without case, accents and surrounding space. Whose spelling counts as the same is decided in
 *  sessions/kinds/question/words.py; tests/kinds/folded_words.json holds both to it. */
export function fold(text: string): string {
  const plain = text.normalize("NFKD").replace(ACCENTS, "").toLowerCase().toUpperCase().toLowerCase();
  return plain.replace(/ς/g, "σ").split(/\s+/).filter(Boolean).join(" ");
}

function stemsOf(text: string): Set<string> {
  const words = fold(text).split(/[^\p{L}\p{M}\p{N}]+/u);
  return new Set(words.filter((word) => word.length > 2 && !COMMON.has(word)).map((word) => word.slice(0, STEM)));
}

/** From 0, nothing in common, to 1, all words of the shorter one. */
export function likeness(one: string, other: string): number {
  const [stems, others] = [stemsOf(one), stemsOf(other)];
  const least = Math.min(stems.size, others.size);
  if (least === 0) return 0;
  const shared = [...stems].filter((stem) => others.has(stem)).length;
  // One word in common is a subject, not a question.
  return shared < Math.min(2, least) ? 0 : shared / least;
}

/** The questions that a text is like, the most alike first. */
export function alikeOf<Question extends { readonly text: string }>(
  text: string,
  questions: readonly Question[],
  most = 3,
): Question[] {
  return questions
    .map((question) => ({ question, alike: likeness(text, question.text) }))
    .filter(({ alike }) => alike >= ALIKE)
    .sort((one, other) => other.alike - one.alike)
    .slice(0, most)
    .map(({ question }) => question);
}
