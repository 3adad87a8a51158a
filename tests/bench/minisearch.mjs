// MiniSearch over lines: entries first, then {"build": true}, then questions. Started by minisearch.py with the folder it is installed in.
import { createRequire } from "node:module";
import readline from "node:readline";

const [folder, settings] = [process.argv[2], JSON.parse(process.argv[3])];
const MiniSearch = createRequire(`${folder}/package.json`)("minisearch");
const stop = new Set(settings.stop);
const words = (text) => text.toLowerCase().match(/[a-z0-9]+(?:\.[0-9]+)*/g) ?? [];
const index = new MiniSearch({
  idField: "key",
  fields: ["title", "names", "summary", "also", "version", "number"],
  tokenize: words,
  processTerm: (word) => (stop.has(word) ? null : word),
  searchOptions: { boost: settings.boost, prefix: (word) => word.length > 3, fuzzy: (word) => (word.length > 3 && !/\d/.test(word) ? 0.2 : false) },
});
const say = (value) => process.stdout.write(JSON.stringify(value) + "\n");

for await (const line of readline.createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const message = JSON.parse(line);
  if (message.entries) {
    index.addAll(message.entries);
  } else if (message.build) {
    say({ entries: index.documentCount });
  } else {
    const start = process.hrtime.bigint();
    const ids = index.search(message.q).slice(0, settings.most).map((hit) => hit.id);
    say({ ids, seconds: Number(process.hrtime.bigint() - start) / 1e9 });
  }
}
