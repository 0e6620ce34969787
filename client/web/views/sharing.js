import { put } from './put.js';

const CONNECTIONS = 6;

/** Whether tabs share one connection: a switch, told to `onShare`, and what follows from it here. */
export function sharingView({ share, line }, { onShare }) {
  share.addEventListener('change', () => onShare(share.checked));

  return function render(sharing, { texts }) {
    const { available, wanted, tabs } = sharing;
    share.checked = available && wanted;
    share.disabled = !available;
    const count = tabs > 0 ? `${texts.tabs(tabs)} ` : '';
    put(line, count + texts.sharingState[stateOf(sharing)]);
  };
}

function stateOf({ available, wanted, alone, role, tabs, holds, race }) {
  if (race) {
    return 'race';
  }
  if (!holds) {
    return 'idle';
  }
  if (!available) {
    return 'unavailable';
  }
  if (wanted) {
    return alone ? 'alone' : role;
  }
  return tabs > CONNECTIONS ? 'crowded' : 'off';
}
