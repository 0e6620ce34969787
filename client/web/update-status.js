import { exchange } from './wire.js';

/** Asks the server to give the task another status; `token` may be null. Rejects with a Trouble if it did not. */
export async function updateStatus({ url, task, status, token }) {
  await exchange(new URL('update-status', url), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ task, status }),
    atMost: 10_000,
  });
}
