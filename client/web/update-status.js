import { exchange, readSnapshot } from './wire.js';

/**
 * Asks the server to give the task another status; `token` may be null. Promises the new snapshot, and rejects with
 * a Trouble if the server did not say so.
 */
export async function updateStatus({ url, task, status, token }) {
  const { body } = await exchange(new URL('update-status', url), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ task, status }),
    atMost: 10_000,
  });
  return readSnapshot(body);
}
