/** Keeps a page right that the browser translates.
 *
 *  A translator takes each text node out and puts a `<font>` with other words in its place, also for what comes later.
 *  Svelte goes on writing into the node that it made, so the page would stand still; and what it takes away later may begin
 *  or end at such a node, so the old words would stay. Here the node goes back beside its `<font>`, empty: there it hears
 *  of what is new, and where it goes the translation goes too. The translator then sees the new words and translates them.
 *
 *  Some put another text node in place instead, as a page itself may. Such a one goes once the first is written to: that
 *  is how we learn that it still counts. */

interface Muted {
  readonly font: Node;
  readonly words: string;
}

const muted = new WeakMap<Node, Muted>();
/** The stand-in of each text node that was taken out, and the other way round. */
const partners = new WeakMap<Node, Node>();

export function keepTranslatedRight(root: Node): void {
  const page = new MutationObserver(look);
  const away = new MutationObserver((records) => {
    for (const { target } of records) {
      const other = partners.get(target);
      if (!target.isConnected) other?.parentNode?.replaceChild(target, other);
    }
  });
  const watch = (): void => page.observe(root, { characterData: true, childList: true, subtree: true });

  function look(records: MutationRecord[]): void {
    // What is done here is not looked at again.
    page.disconnect();
    const fonts = new Set<Node | null>(records.flatMap(({ addedNodes }) => [...addedNodes].filter(isFont)));
    for (const { type, target, addedNodes, removedNodes, previousSibling, nextSibling } of records) {
      if (type === "characterData") speak(target, target.nodeValue);
      for (const node of removedNodes) {
        const text = isFont(node) ? partners.get(node) : node;
        const known = text && muted.get(text);
        if (text && known) speak(text, known.words);
        else if (node instanceof Text && !node.isConnected) {
          const beside = [...addedNodes, previousSibling, nextSibling].find((near) => fonts.delete(near));
          if (beside?.parentNode) mute(node, beside);
          else if (addedNodes[0] instanceof Text) {
            partners.set(node, addedNodes[0]);
            away.observe(node, { characterData: true });
          }
        }
      }
    }
    watch();
  }

  watch();
}

const isFont = (node: Node): boolean => node.nodeName === "FONT";

function mute(text: Text, font: Node): void {
  muted.set(text, { font, words: text.data });
  partners.set(font, text);
  text.data = "";
  font.parentNode?.insertBefore(text, font);
}

/** The node says something again by itself. */
function speak(text: Node, words: string | null): void {
  const font = muted.get(text)?.font;
  if (!font) return;
  muted.delete(text);
  text.nodeValue = words;
  font.parentNode?.removeChild(font);
}
