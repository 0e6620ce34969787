const AT_FIRST = 1024;

/**
 * Rows of numbers, as many as `most` at once: a row too many takes the place of the oldest. `columns` gives the kind
 * of typed array of each column. Rows are counted from the first ever, so `from` to `end` are those that there are.
 */
export function ring(most, columns) {
  const names = Object.keys(columns);
  let room = Math.min(AT_FIRST, most);
  let arrays = made(room);

  function made(size) {
    return Object.fromEntries(names.map((name) => [name, new columns[name](size)]));
  }

  function grow() {
    const wider = made(Math.min(most, room * 2));
    const size = wider[names[0]].length;
    for (let row = rows.from; row < rows.end; row++) {
      names.forEach((name) => (wider[name][row % size] = arrays[name][row % room]));
    }
    arrays = wider;
    room = size;
  }

  const rows = {
    from: 0,
    end: 0,

    push(values) {
      if (rows.end - rows.from === room) {
        if (room < most) {
          grow();
        } else {
          rows.from++;
        }
      }
      names.forEach((name) => (arrays[name][rows.end % room] = values[name]));
      return rows.end++;
    },

    get: (name, row) => arrays[name][row % room],

    set(name, row, value) {
      arrays[name][row % room] = value;
    },

    clear() {
      rows.from = rows.end;
    },

    /**
     * The first row, from `low` on, whose `name` is greater than `value`, in a column that only grows; `end` if there
     * is none. The nearer it is to `low` the sooner it is found.
     */
    firstAbove(name, value, low = rows.from) {
      const column = arrays[name];
      let high = low;
      for (let step = 1; high < rows.end && column[high % room] <= value; step *= 2) {
        low = high + 1;
        high += step;
      }
      high = Math.min(high, rows.end);
      while (low < high) {
        const middle = Math.floor((low + high) / 2);
        if (column[middle % room] > value) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      return low;
    },
  };
  return rows;
}
