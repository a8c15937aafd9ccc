// The same as validate.py with ajv, the validator most consumers use: node validate.mjs MODULES_DIR EVENT_LINES_PROGRAM [STANDARDS_DIR]
// MODULES_DIR holds node_modules with ajv and ajv-formats (package.json here).
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const [modules, program, standards] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(modules), 'here.js'));
const Ajv2020 = require('ajv/dist/2020').default;
const Ajv = require('ajv').default;
const addFormats = require('ajv-formats').default;

const NINJS = 'http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json';
const GEOJSON = 'https://geojson.org/schema/GeoJSON.json';
const here = path.dirname(fileURLToPath(import.meta.url));
const load = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));
const standard = (name) => {
  const file = standards && path.join(standards, name);
  return file && fs.existsSync(file) ? load(file) : null;
};

/** A compiled schema that finds the schemas it refers to without a network. */
function validator(schema, others = {}) {
  const draft7 = (schema.$schema ?? '').includes('draft-07');
  const ajv = new (draft7 ? Ajv : Ajv2020)({strict: false, allErrors: true});
  addFormats(ajv);
  for (const [uri, other] of Object.entries(others)) {
    const {...copy} = other;
    // ninjs 3.1 has a boolean among its $defs, which ajv takes for a mistake
    if (typeof copy.$defs?.unevaluatedProperties === 'boolean') {
      copy.$defs = {...copy.$defs};
      delete copy.$defs.unevaluatedProperties;
    }
    delete copy.$id;
    ajv.addSchema(copy, uri);
  }
  return ajv.compile(schema);
}

/** Sets, or without a value removes, what a JSON pointer names. */
function change(line, pointer, value) {
  const steps = pointer.split('/').slice(1);
  const last = steps.pop();
  const at = steps.reduce((object, step) => object[step], line);
  if (value === undefined) {
    if (!(last in at)) throw new Error(`nothing to remove at ${pointer}`);
    delete at[last];
  } else {
    at[last] = value;
  }
}

const lines = execFileSync(program, {encoding: 'utf8', maxBuffer: 1 << 26}).split('\n').filter(Boolean).map((l) => JSON.parse(l));
const schema = JSON.parse(execFileSync(program, ['--schema'], {encoding: 'utf8'}));
const ninjs = standard('ninjs-schema_3.1.json');
const geojson = standard('GeoJSON-schema.json');
const others = {[NINJS]: ninjs ?? load(path.join(here, 'ninjs-subset.schema.json')), ...(geojson ? {[GEOJSON]: geojson} : {})};
const ours = validator(schema, others);
const checks = {newsd: ours};
const cloudevents = standard('cloudevents.json');
if (cloudevents) checks['CloudEvents 1.0'] = validator(cloudevents);
const contract = standard('newsd-event-1.json');
if (ninjs && contract) checks['the contract'] = validator(contract, others);

const faults = [];
lines.forEach((line, n) => {
  for (const [name, check] of Object.entries(checks)) {
    if (check(line)) continue;
    for (const e of check.errors) faults.push(`line ${n + 1} (${line.type}): ${name}: ${e.instancePath} ${e.message}`);
  }
  for (const name of Object.keys(line)) if (!/^[a-z0-9]{1,20}$/.test(name)) faults.push(`line ${n + 1}: attribute name ${name}`);
});
const types = new Set(lines.map((line) => line.type));
for (const type of schema.properties.type.enum) if (!types.has(type)) faults.push(`no line of type ${type}`);

const broken = load(path.join(here, 'broken.json'));
for (const spoiled of broken) {
  const line = structuredClone(lines.find((l) => l.type === spoiled.type));
  for (const [pointer, value] of Object.entries(spoiled.set ?? {})) change(line, pointer, value);
  for (const pointer of spoiled.remove ?? []) change(line, pointer);
  if (ours(line)) faults.push(`not refused: ${spoiled.what}`);
}

for (const fault of faults) console.log(fault);
console.log(
    `ajv ${require('ajv/package.json').version}: ${lines.length} lines of ${types.size} types against ${Object.keys(checks).join(', ')}; ` +
    `ninjs 3.1 ${ninjs ? 'by the standard' : 'by our subset: the standard is not at hand'}; ` +
    `${cloudevents ? '' : 'CloudEvents 1.0 NOT checked; '}${broken.length} broken lines; ${faults.length} faults`);
process.exit(faults.length || !lines.length ? 1 : 0);
