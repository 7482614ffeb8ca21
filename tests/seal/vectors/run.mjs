// Asks the page's own checker for every vector: node run.mjs CHECK.JS KEYS.JSON [without-signature]
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const [checker, keySet, broken] = process.argv.slice(2);
const { check, readKeys, readList } = await import(pathToFileURL(checker));
const here = new URL(".", import.meta.url);
const json = async (name) => JSON.parse(await readFile(new URL(name, here), "utf8"));

if (broken) crypto.subtle.verify = async () => true;
const keys = await readKeys(JSON.parse(await readFile(keySet, "utf8")));
const answers = [];
for (const { code, clock, list } of await json("codes.json")) {
  const known = list ? await readList(await json(list), keys).catch(() => null) : null;
  answers.push(await check(code, { keys, today: clock, list: known }));
}
console.log(JSON.stringify(answers));
