// Values as words and figures: numbers, times, sizes, names of types; and text of strangers, made harmless to read.

// what is no character but a command: C0, DEL and C1 controls, the marks and overrides of writing direction, separators
const kSteering = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/// A stranger's words in one line: what would steer how others are written becomes a space.
export function shown(text) {
  return String(text ?? '').replace(kSteering, ' ');
}
/// The same, cut: whole characters, and a sign that there is more.
export function shortened(text, most) {
  const whole = shown(text);
  if (whole.length <= most) return whole;
  const cut = whole.charCodeAt(most - 1) >= 0xd800 && whole.charCodeAt(most - 1) < 0xdc00 ? most - 1 : most;
  return whole.slice(0, cut) + '…';
}

const kWhole = new Intl.NumberFormat('en', {maximumFractionDigits: 0});
export const count = (n) => kWhole.format(n);
/// "00000000000000000041" → "41".
export const sequenceOf = (digits) => String(digits).replace(/^0+(?=\d)/, '');

export function rate(aSecond) {
  return aSecond >= 100 ? kWhole.format(aSecond) : aSecond.toFixed(aSecond >= 10 ? 1 : 2);
}
export function milliseconds(seconds) {
  if (seconds >= 10) return `${seconds.toFixed(0)} s`;
  if (seconds >= 1) return `${seconds.toFixed(1)} s`;
  const ms = seconds * 1000;
  return `${ms >= 10 ? ms.toFixed(0) : ms.toFixed(1)} ms`;
}
export function bytes(n) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  for (; n >= 1024 && unit + 1 < units.length; ++unit) n /= 1024;
  return `${n >= 10 || unit === 0 ? kWhole.format(n) : n.toFixed(1)} ${units[unit]}`;
}

const two = (n) => String(n).padStart(2, '0');
/// The time of day here, and the day where it is not today.
export function clock(text) {
  const t = new Date(text);
  if (Number.isNaN(t.getTime())) return '';
  const time = `${two(t.getHours())}:${two(t.getMinutes())}:${two(t.getSeconds())}`;
  return t.toDateString() === new Date().toDateString() ? time : `${t.getMonth() + 1}/${t.getDate()} ${time}`;
}
export function moment(text) {
  const t = new Date(text);
  return Number.isNaN(t.getTime())
    ? shown(text)
    : `${t.getFullYear()}-${two(t.getMonth() + 1)}-${two(t.getDate())} ${two(
        t.getHours()
      )}:${two(t.getMinutes())}:${two(t.getSeconds())}`;
}
/// "3 min ago", "in 2 h", to the largest unit.
export function fromNow(text, now = Date.now()) {
  const t = new Date(text).getTime();
  if (Number.isNaN(t)) return '';
  const seconds = Math.abs(t - now) / 1000;
  const told =
    seconds < 60
      ? `${Math.floor(seconds)} s`
      : seconds < 3600
        ? `${Math.floor(seconds / 60)} min`
        : seconds < 2 * 86400
          ? `${Math.floor(seconds / 3600)} h`
          : `${Math.floor(seconds / 86400)} d`;
  return t > now ? `in ${told}` : `${told} ago`;
}
export const plural = (n, one, many = one + 's') => `${count(n)} ${n === 1 ? one : many}`;
/// "newsd.article.new" → "article new".
export const typeWords = (type) =>
  shown(type)
    .replace(/^newsd\./, '')
    .replace('.', ' ');
/// "urn:uuid:…" → its first digits, which is enough to tell two apart.
export const shortId = (urn) =>
  shown(urn)
    .replace(/^urn:uuid:/, '')
    .slice(0, 8);
export const uuidOf = (urn) => String(urn ?? '').replace(/^urn:uuid:/, '');
/// An address a click may lead to; nothing else than the web's.
export function webAddress(text) {
  try {
    const url = new URL(text);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
  } catch {
    return null;
  }
}
