/**
 * What went wrong between the page and the server: `kind` is one of `network`, `timeout`, `http`,
 * `not-a-snapshot`, `refused`, `not-upgraded`, `cut`; the facts that are known stand beside it.
 */
export class Trouble extends Error {
  constructor(kind, facts = {}) {
    super(kind);
    Object.assign(this, { kind, ...facts });
  }
}

/**
 * The address that asks about a task; with `seen`, for versions newer than that position only; with `wait`, to be
 * held for that many seconds at most.
 */
export function question(path, { url, task, seen, wait }) {
  const address = new URL(path, url);
  address.searchParams.set('task', task);
  if (seen) {
    address.searchParams.set('last_version', seen.version);
    address.searchParams.set('epoch', seen.epoch);
  }
  if (wait !== undefined) {
    address.searchParams.set('wait', wait);
  }
  return address;
}

/**
 * Sends one HTTP request by `fetch` and promises a good answer: its `code`, its `body`, which is empty where the
 * server has nothing newer (204, 304), and the bytes `around` it, as far as the page can see them. Rejects with a
 * Trouble, also when no answer came within `atMost` milliseconds.
 */
export async function exchange(address, { fetch = globalThis.fetch, atMost, signal, ...request }) {
  const deadline = AbortSignal.timeout(atMost);
  try {
    const response = await fetch(address, {
      cache: 'no-store',
      ...request,
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
    });
    const body = await response.text();
    if (!response.ok && response.status !== 304) {
      throw refusal(response, body);
    }
    return { code: response.status, body, around: headOf(response) };
  } catch (failure) {
    if (failure instanceof Trouble) {
      throw failure;
    }
    throw new Trouble(deadline.aborted ? 'timeout' : 'network', { atMost });
  }
}

/** The bytes of a head in HTTP/1.1: its first line, its headers, the empty line. */
export function headOf({ status, statusText, headers }) {
  const first = `HTTP/1.1 ${status} ${statusText}`.length + 2;
  return [...headers].reduce((sum, [name, value]) => sum + name.length + value.length + 4, first + 2);
}

/**
 * Takes in what the server said: tells `onWire` its code and size, hands a snapshot to `onSnapshot`, and returns
 * the position to ask from next. Throws a Trouble if it is not a snapshot.
 */
export function hear({ code, body, around }, { seen, onSnapshot, onWire }) {
  const snapshot = body === '' ? null : readSnapshot(body);
  onWire({ type: 'answer', code, bytes: new TextEncoder().encode(body).length + around });
  if (snapshot === null) {
    return seen;
  }
  onSnapshot(snapshot);
  return { epoch: snapshot.epoch, version: snapshot.version };
}

/** The snapshot in a text. Throws a Trouble that quotes the beginning of a text that is none. */
export function readSnapshot(text) {
  const snapshot = parse(text);
  if (
    typeof snapshot?.epoch === 'string' &&
    typeof snapshot.status === 'string' &&
    Number.isSafeInteger(snapshot.version) &&
    !Number.isNaN(Date.parse(snapshot.updatedAt))
  ) {
    return snapshot;
  }
  throw new Trouble('not-a-snapshot', { said: String(text).trim().slice(0, 60) });
}

export function refusal({ status, headers }, body) {
  const isProblem = headers.get('content-type')?.startsWith('application/problem+json');
  const { detail, title } = (isProblem && parse(body)) || {};
  const retryAfter = Number(headers.get('retry-after'));
  return new Trouble('http', {
    status,
    detail: detail ?? title,
    by: headers.get('via') ?? headers.get('server'),
    retryAfterMs: Number.isFinite(retryAfter) ? retryAfter * 1000 : 0,
  });
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
