// One bundle per language: the sentences of that language stand in the code, and no catalogue travels with it.
//
// `t("English")` and `tn("{n} card", "{n} cards", n)` always have their sentences literally (scripts/messages.py holds
// that), so they can be exchanged in the compiled code. What has no Dutch stays English, as it would with a catalogue.

/** @param {Record<string, string | string[]>} catalogue English → the language */
export function sentences(catalogue) {
  return {
    name: "sentences",
    // After Svelte: then all is JavaScript.
    enforce: "post",
    transform(code, id) {
      if (!id.includes("/src/") || !/\btn?\(/.test(code)) return null;
      const changes = [];
      visit(this.parse(code), (call) => {
        const [one, other] = call.arguments;
        const found = catalogue[one?.value];
        if (call.callee.name === "t" && typeof found === "string") changes.push([one, found]);
        if (call.callee.name === "tn" && Array.isArray(found)) changes.push([one, found[0]], [other, found[1]]);
      });
      changes.sort(([one], [two]) => two.start - one.start);
      for (const [{ start, end }, sentence] of changes) {
        code = code.slice(0, start) + JSON.stringify(sentence) + code.slice(end);
      }
      return { code, map: null };
    },
  };
}

function visit(node, see) {
  if (node.type === "CallExpression" && node.callee.type === "Identifier") see(node);
  for (const part of Object.values(node)) {
    for (const each of Array.isArray(part) ? part : [part]) if (each?.type) visit(each, see);
  }
}
