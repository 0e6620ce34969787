/**
 * What went wrong between the page and the server: `kind` is one of `network`, `timeout`, `http`,
 * `not-a-snapshot`, `refused`, `cut`; the facts that are known stand beside it.
 */
export class Trouble extends Error {
  constructor(kind, facts = {}) {
    super(kind);
    Object.assign(this, { kind, ...facts });
  }
}

/** The address that asks about a task; with `seen`, for versions newer than that position only. */
export function question(path, { url, task, seen }) {
  const address = new URL(path, url);
  address.searchParams.set('task', task);
  if (seen) {
    address.searchParams.set('last_version', seen.version);
    address.searchParams.set('epoch', seen.epoch);
  }
  return address;
}

/**
 * Sends one HTTP request and promises the body of a good answer, which is empty where the server has nothing
 * newer (204, 304). Rejects with a Trouble, also when no answer came within `atMost` milliseconds.
 */
export async function exchange(address, { atMost, signal, ...request }) {
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
    return body;
  } catch (failure) {
    if (failure instanceof Trouble) {
      throw failure;
    }
    throw new Trouble(deadline.aborted ? 'timeout' : 'network', { atMost });
  }
}

/**
 * Takes in what the server said: tells `onWire` its size, hands a snapshot to `onSnapshot`, and returns the
 * position to ask from next. Throws a Trouble if it is not a snapshot.
 */
export function hear(text, { seen, onSnapshot, onWire }) {
  const snapshot = text === '' ? null : readSnapshot(text);
  onWire({ type: 'answer', bytes: new TextEncoder().encode(text).length });
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
    Number.isSafeInteger(snapshot.version)
  ) {
    return snapshot;
  }
  throw new Trouble('not-a-snapshot', { said: String(text).trim().slice(0, 60) });
}

function refusal({ status, headers }, body) {
  const isProblem = headers.get('content-type')?.startsWith('application/problem+json');
  const { detail, title } = (isProblem && parse(body)) || {};
  const retryAfter = Number(headers.get('retry-after'));
  return new Trouble('http', {
    status,
    detail: detail ?? title,
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
