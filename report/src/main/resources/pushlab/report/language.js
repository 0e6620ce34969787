// Chooses the page's language: the one that the address asks for, else the browser's. Both pages
// are in the file; only one of them is in the document.
{
  const asked = new URLSearchParams(location.search).get('lang') ?? navigator.language;
  if (asked.startsWith('fr')) {
    document.documentElement.lang = 'fr';
    document.getElementById('page').replaceChildren(document.getElementById('french').content);
  }
  for (const link of document.querySelectorAll('.languages a')) {
    link.addEventListener('click', () => {
      link.hash = location.hash;
    });
  }
}
