import { exchange } from './wire.js';

/** Promises the names of the tasks that there are. Rejects with a Trouble if the server does not say. */
export async function listTasks(url) {
  const { body } = await exchange(new URL('tasks', url), { atMost: 5_000 });
  return JSON.parse(body).tasks.map(({ task }) => task);
}
