// usage: node parse.mjs. Reads one JSON string a line, the text of a Bicep file, and answers each with its syntax tree on one line.
// A node: kind, field or null, start and end in UTF-16 units, flags (1 named, 2 missing, 4 error), children.
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import Parser from "web-tree-sitter";

await Parser.init();
const grammar = fileURLToPath(import.meta.resolve("tree-sitter-bicep/tree-sitter-bicep.wasm"));
const parser = new Parser();
parser.setLanguage(await Parser.Language.load(grammar));

function describe(cursor) {
  const node = cursor.currentNode;
  const flags = (node.isNamed ? 1 : 0) | (node.isMissing ? 2 : 0) | (node.isError ? 4 : 0);
  const children = [];
  const described = [node.type, cursor.currentFieldName ?? null, node.startIndex, node.endIndex, flags, children];
  if (cursor.gotoFirstChild()) {
    do {
      children.push(describe(cursor));
    } while (cursor.gotoNextSibling());
    cursor.gotoParent();
  }
  return described;
}

for await (const line of createInterface({ input: process.stdin })) {
  const tree = parser.parse(JSON.parse(line));
  console.log(JSON.stringify(describe(tree.walk())));
  tree.delete();
}
