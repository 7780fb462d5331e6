// Asks an endpoint with Comunica: node comunica.cjs NODE_MODULES_PARENT ENDPOINT < queries.json
// Takes a JSON array of queries, prints a JSON array of SPARQL results.
const { createRequire } = require("node:module");
const { readFileSync } = require("node:fs");

const [place, endpoint] = process.argv.slice(2);
const { QueryEngine } = createRequire(`${place}/`)("@comunica/query-sparql");

async function main() {
  const engine = new QueryEngine();
  const answers = [];
  for (const query of JSON.parse(readFileSync(0, "utf8"))) {
    const result = await engine.query(query, { sources: [{ type: "sparql", value: endpoint }] });
    const { data } = await engine.resultToString(result, "application/sparql-results+json");
    let text = "";
    for await (const piece of data) text += piece;
    answers.push(JSON.parse(text));
  }
  process.stdout.write(JSON.stringify(answers));
}

main();
