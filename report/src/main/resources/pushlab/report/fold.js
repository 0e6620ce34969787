// What is folded is opened for a link to it, and for print.
{
  const follow = () => {
    const target = document.getElementById(location.hash.slice(1).split('?')[0]);
    const around = [];
    for (let at = target; at; at = at.parentElement) around.push(at);
    const folded = around.filter((it) => it.matches('details:not([open])'));
    folded.push(...(target?.querySelectorAll(':scope > .fold:not([open])') ?? []));
    for (const it of folded) it.open = true;
    if (folded.length > 0) target.scrollIntoView();
  };
  addEventListener('hashchange', follow);
  addEventListener('load', follow);
  addEventListener('beforeprint', () => {
    for (const folded of document.querySelectorAll('main > details, .card details')) folded.open = true;
  });
}
