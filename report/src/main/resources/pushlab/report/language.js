// Chooses the page's language: the one that the address names, or else the browser's. The file has
// the page in both languages; the document shows one of them.
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
