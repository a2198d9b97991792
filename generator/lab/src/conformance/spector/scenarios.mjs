// Writes an OpenAPI description of each scenario of TypeSpec Spector, and the requests that its mock server expects.
// `cargo lab conformance spector` runs this in the folder of the packages; the argument is the folder to write to.
import { globSync, mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { compile, NodeHost } from "@typespec/compiler";
import { expandDyns } from "@typespec/spec-api";

const out = resolve(process.argv[2]);
const scenarios = resolve("node_modules/@typespec/http-specs");
// Replaces the server's own address in values. No request contains it.
const config = { baseUrl: "http://localhost" };

// Compiles a scenario to a description of each of its versions, and returns their names by version, the latest last.
async function describe(main, name) {
  const dir = join(out, name);
  mkdirSync(dir, { recursive: true });
  const program = await compile(NodeHost, main, {
    emit: ["@typespec/openapi3"],
    outputDir: dir,
    options: {
      "@typespec/openapi3": { "emitter-output-dir": dir, "openapi-versions": ["3.1.0"], "file-type": "json" },
    },
  });
  const versions = readdirSync(dir).map((file) => file.replace(/^openapi\.?/, "").replace(/\.?json$/, ""));
  if (versions.length === 0) throw new Error(program.diagnostics.map((found) => found.message).join(" "));
  // A preview comes before its final version.
  const age = (version) => version.replace(/preview$/, " ") + "~";
  versions.sort((one, other) => (age(one) < age(other) ? -1 : 1));
  return versions.map((version) => {
    const described = version === versions.at(-1) ? name : slug(`${name}-${version}`);
    renameSync(join(dir, version ? `openapi.${version}.json` : "openapi.json"), join(out, `${described}.json`));
    return [version, described];
  });
}

const slug = (text) => text.replaceAll(/[^A-Za-z0-9]+/g, "-").toLowerCase();

function content(raw) {
  const buffer = Buffer.from(raw);
  const text = buffer.toString("utf8");
  return Buffer.from(text, "utf8").equals(buffer) ? { text } : { bytes: [...buffer] };
}

function body(expected) {
  if (expected === undefined) return null;
  if (expected.kind === "multipart") {
    const files = (expected.files ?? []).map((file) => [file.fieldname, file.buffer.toString("base64")]);
    return { type: expected.contentType, parts: expandDyns(expected.parts ?? {}, config), files };
  }
  const raw = expected.rawContent;
  const sent = typeof raw === "string" || Buffer.isBuffer(raw) ? raw : (raw?.serialize(config) ?? "");
  return { type: expected.contentType, ...content(sent) };
}

function call(api) {
  const { query, headers, body: sent } = api.request ?? {};
  return {
    method: api.method.toUpperCase(),
    uri: api.uri.replaceAll("\\", ""),
    query: expandDyns(query ?? {}, config),
    headers: expandDyns(headers ?? {}, config),
    body: body(sent),
    status: api.response.status,
  };
}

const all = [];
for (const main of globSync("**/main.tsp", { cwd: join(scenarios, "specs") }).sort()) {
  const dir = dirname(main);
  const mock = await import(pathToFileURL(join(scenarios, "dist/specs", dir, "mockapi.js")));
  let missing = null;
  let versions = [["", slug(dir)]];
  try {
    versions = await describe(join(scenarios, "specs", main), slug(dir));
  } catch (error) {
    missing = String(error.info?.error ?? error);
  }
  const described = versions.map(([, name]) => ({ name, missing, scenarios: [] }));
  for (const [scenario, { apis }] of Object.entries(mock.Scenarios)) {
    const calls = apis.map(call);
    const named = versions.findIndex(([version]) => version && calls[0].uri.includes(`:${version}/`));
    described.at(named).scenarios.push([scenario, calls]);
  }
  all.push(...described);
}
writeFileSync(join(out, "scenarios.txt"), JSON.stringify(all));
