import { automaticView } from './automatic.js';
import { choiceView } from './choice.js';
import { connectionView } from './connection.js';
import { costsView } from './costs.js';
import { faultsView } from './faults.js';
import { duration } from './format.js';
import { lanesView } from './lanes.js';
import { legendView } from './legend.js';
import { put } from './put.js';
import { sharingView } from './sharing.js';
import { sliderView } from './slider.js';
import { statusView } from './status.js';
import { tasksView } from './tasks.js';
import { updateView } from './update.js';
import { zoomView } from './zoom.js';

const INTERVALS_MS = [240, 490, 970, 1940, 4850, 9700];
const byId = (id) => document.getElementById(id);

/**
 * All that the page shows and offers. What is done with it is told to `actions`; `draw` is the timeline. Each view
 * is given the model of the page, and keeps nothing of it.
 */
export function allViews({ task, names, updater, draw, actions }) {
  const status = statusView({
    now: byId('now'),
    heading: byId('task'),
    status: byId('status'),
    spoken: byId('spoken'),
    version: byId('version'),
    epoch: byId('epoch'),
    changed: byId('changed'),
    age: byId('age'),
  });
  const connection = connectionView({ connection: byId('connection'), trouble: byId('trouble') });
  const update = updateView(
    { course: byId('update'), any: byId('update-any'), notUpdated: byId('not-updated'), token: byId('update-token') },
    actions,
  );
  const automatic = automaticView(
    {
      form: byId('automatic'),
      button: byId('automatic-switch'),
      rate: byId('rate'),
      rateValue: byId('rate-value'),
      unsent: byId('unsent'),
    },
    { updater, ...actions },
  );
  const choice = choiceView(byId('transport-choice'), {
    name: 'transport',
    options: names,
    wordsFor: (texts, name) => texts.transport[name],
    onChoice: actions.onTransport,
  });
  const interval = sliderView(
    { input: byId('interval'), output: byId('interval-value') },
    {
      values: INTERVALS_MS,
      wordsFor: (texts, ms) => duration(ms, texts.language),
      onValue: (ms) => {
        actions.onInterval(ms);
        actions.onAnswer();
      },
    },
  );
  const zoom = zoomView(
    {
      windows: byId('windows'),
      freeze: byId('freeze'),
      lookBack: byId('look-back'),
      lookBackValue: byId('look-back-value'),
    },
    draw,
  );
  const rows = lanesView(byId('lane-rows'));
  const legend = legendView(byId('legend'));
  const faults = faultsView(
    {
      fieldset: byId('faults'),
      cut: byId('cut'),
      network: byId('network'),
      networkValue: byId('network-value'),
      delay: byId('delay'),
      delayValue: byId('delay-value'),
    },
    actions,
  );
  const costs = costsView(
    { table: byId('costs'), proof: byId('proof'), clock: byId('clock'), note: byId('costs-note') },
    { transports: names },
  );
  const sharing = sharingView({ share: byId('share'), line: byId('sharing') }, actions);
  tasksView({ form: byId('choose-task'), options: byId('tasks'), task }, actions);
  byId('language').addEventListener('click', actions.onLanguage);
  byId('theme').addEventListener('click', actions.onTheme);
  byId('reset').addEventListener('click', actions.onReset);
  const views = Object.entries({ 'one-view': false, 'race-view': true });
  for (const [id, race] of views) {
    byId(id).addEventListener('click', (event) => {
      event.preventDefault();
      actions.onView(race);
    });
  }

  return {
    updateFailed: update.failed,

    /** Draws the timeline's rows for so many lanes. */
    showLanes(count, race) {
      document.body.dataset.view = race ? 'race' : 'one';
      rows.show(count);
      for (const [id, isRace] of views) {
        byId(id).ariaCurrent = race === isRace ? 'page' : null;
        byId(id).href = actions.addressOf(isRace);
      }
      byId('transport-choice').hidden = race;
    },

    /** Draws what stands still in the colours of now. */
    recolour: legend.draw,

    /** Says everything in the language of `texts`. */
    speak(texts) {
      document.documentElement.lang = texts.language;
      for (const element of document.querySelectorAll('[data-text]')) {
        put(element, texts[element.dataset.text]);
      }
      for (const element of document.querySelectorAll('[data-label]')) {
        element.ariaLabel = texts[element.dataset.label];
      }
      byId('canvas').ariaLabel = texts.timelineLabel;
      byId('language').lang = texts.other.language;
      put(byId('language'), texts.other.name);
      legend.render(texts);
    },

    render(model) {
      const { texts, notice, shown, states, transport, race, figures } = model;
      put(byId('notice'), notice === null ? '' : texts.unknownTransport(notice));
      status(shown, model);
      connection(shown, model);
      update.render(model);
      automatic(model);
      choice(transport, texts);
      byId('interval-choice').hidden = !model.asksAtIntervals;
      interval(texts);
      zoom(model);
      rows.render(states, model);
      faults(model);
      costs(figures, { ...model, chosen: race ? null : transport });
      sharing(model.sharing, model);
    },
  };
}
