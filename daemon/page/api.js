// Requests to the newsd this page came from, with the token when it asks for one. The token lives in this tab alone.
import {byId} from './dom.js';

const kKept = 'newsd-token';

/// What newsd said instead: a problem document (RFC 9457).
export class Problem extends Error {
  constructor(status, told) {
    super(told.detail ?? `newsd answered with status ${status}`);
    this.status = status;
    this.code = told.code ?? '';
    this.where = told.where ?? '';
  }
}

let asking = null;
/// Asks for the token, once for everybody who waits for it.
function askForToken() {
  asking ??= new Promise((resolve) => {
    const dialog = byId('token');
    byId('token-error').hidden = sessionStorage.getItem(kKept) === null;
    byId('token-value').value = '';
    dialog.oncancel = (event) => event.preventDefault(); // nothing can be shown without it
    byId('token-form').onsubmit = () => {
      sessionStorage.setItem(kKept, byId('token-value').value.trim());
      asking = null;
      resolve();
    };
    dialog.showModal();
  });
  return asking;
}

/// The answer, which is a good one; a Problem otherwise. Comes back when the token was right.
export async function ask(path, options = {}) {
  for (;;) {
    const token = sessionStorage.getItem(kKept);
    const headers = {...options.headers};
    if (/^[\x21-\x7e]+$/.test(token ?? '')) headers.Authorization = `Bearer ${token}`;
    const answer = await fetch(path, {...options, headers, cache: 'no-store', credentials: 'same-origin'});
    if (answer.ok) return answer;
    if (answer.status !== 401) throw new Problem(answer.status, await answer.json().catch(() => ({})));
    if (sessionStorage.getItem(kKept) === token) await askForToken(); // another request may have got it meanwhile
  }
}

const kPatience = 15_000; // milliseconds
export async function askJson(path, options = {}) {
  const answer = await ask(path, {signal: AbortSignal.timeout(kPatience), ...options});
  return answer.json();
}
