import { toneOf } from '../tone.js';
import { phaseOf } from './connection.js';
import { make } from './make.js';
import { put } from './put.js';

/** The names of the timeline's rows: for each lane its transport, what it does, and what it shows. */
export function lanesView(container) {
  let rows = [];

  return {
    /** Makes room for so many lanes. */
    show(count) {
      rows = Array.from({ length: count }, row);
      container.replaceChildren(...rows.flatMap(({ label, track }) => [label, track]));
    },

    render(states, { texts, at }) {
      states.forEach((state, i) => {
        const { label, name, phase, chip } = rows[i];
        label.dataset.phase = state.phase;
        put(name, texts.transport[state.transport]?.[0] ?? '');
        put(phase, phaseOf(state, { texts, at }));
        chip.hidden = state.snapshot === null;
        if (state.snapshot) {
          chip.dataset.tone = toneOf(state.snapshot.status).name;
          put(chip, `${state.snapshot.status} · v${state.snapshot.version}`);
        }
      });
    },
  };
}

function row() {
  const name = make('strong');
  const phase = make('span', { className: 'phase' });
  const chip = make('span', { className: 'chip' });
  return {
    label: make('div', { className: 'name' }, name, chip, phase),
    track: make('div', { className: 'track' }),
    name,
    phase,
    chip,
  };
}
