import { make } from './make.js';

/** The choice of a task: `listTasks` promises the names that there are, `onChoice` is told the one wanted. */
export function tasksView({ form, options, task }, { listTasks, onChoice }) {
  const field = form.elements.task;
  field.value = task;
  field.addEventListener('focus', async () => {
    const names = await listTasks().catch(() => []);
    options.replaceChildren(...names.map((value) => make('option', { value })));
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    onChoice(field.value);
  });
}
