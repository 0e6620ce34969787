// Draws each figure from the spec beside it.
const config = JSON.parse(document.getElementById('vega-config').textContent);
config.legend.columns = innerWidth < 640 ? 1 : 4;

for (const figure of document.querySelectorAll('figure.drawn')) {
  const place = figure.querySelector('.drawing');
  const spec = JSON.parse(figure.querySelector('script').textContent);
  vegaEmbed(place, spec, { config, renderer: 'svg', actions: false }).catch((error) => {
    place.textContent = 'This figure could not be drawn; its data stands below.';
    console.error(error);
  });
}
