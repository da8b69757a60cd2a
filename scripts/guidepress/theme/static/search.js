// Search by piece of text, not by word: Chinese, Thai, Lao, Khmer and Burmese do not mark words.
// Case never counts; accents count only for the order of results. Nothing leaves the page.
(() => {
  const INVISIBLE = /[\u200b-\u200d\u2060\ufeff\u00ad]/g;
  const ALPHABETIC = /^[\p{Script=Latin}\p{N}\p{M}'’-]+$/u;
  const IN_WORD = /[\p{L}\p{N}\p{M}]/u;
  // A Vietnamese word is a whole syllable; in English the start of a word is enough.
  const WHOLE_WORDS = document.documentElement.lang.startsWith("vi");
  const MAX_RESULTS = 50;
  const AROUND = 60;

  const strict = (text) => text.normalize("NFKC").replace(INVISIBLE, "").toLowerCase();
  const fold = (text) => strict(text).normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").normalize("NFC");
  const wordsOf = (query) => query.split(/[\s,;]+/).filter((word) => fold(word));

  // Where `word` begins in `text`; both in the same form. Words in Latin letters match from their first letter.
  const places = (text, word) => {
    const alphabetic = ALPHABETIC.test(word);
    const found = [];
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      const inside = at > 0 && IN_WORD.test(text[at - 1]);
      const goesOn = WHOLE_WORDS && IN_WORD.test(text[at + word.length] || "");
      if (!alphabetic || !(inside || goesOn)) found.push(at);
    }
    return found;
  };

  // [from, to] of each match in the text as it is shown.
  const ranges = (text, words) => {
    let folded = "";
    const origin = [];
    for (let at = 0; at < text.length; at++) {
      for (const letter of fold(text[at])) { folded += letter; origin.push(at); }
    }
    origin.push(text.length);
    return words.flatMap((word) => {
      const wanted = fold(word);
      return places(folded, wanted).map((at) => [origin[at], origin[at + wanted.length - 1] + 1]);
    }).sort((a, b) => a[0] - b[0]);
  };

  const appendMarked = (parent, text, words) => {
    let done = 0;
    for (const [from, to] of ranges(text, words)) {
      if (from < done) continue;
      parent.append(text.slice(done, from));
      const mark = document.createElement("mark");
      mark.textContent = text.slice(from, to);
      parent.append(mark);
      done = to;
    }
    parent.append(text.slice(done));
  };

  let index;
  const sections = () => index ??= window.guideIndex.flatMap(([url, parts]) => parts.map(([anchor, heading, text], at) => ({
    url, anchor, heading, text, first: at === 0, page: parts[0][1],
    strict: [strict(heading), strict(text)], folded: [fold(heading), fold(text)],
  })));

  // A hit in a heading tells more than one in the text, a title more than a heading, an exact one more than a folded.
  const scoreOf = (section, word) => {
    const weigh = ([heading, text], wanted, title, sub, body) =>
      places(heading, wanted).length * (section.first ? title : sub) + Math.min(places(text, wanted).length, 5) * body;
    return weigh(section.strict, strict(word), 40, 20, 3) || weigh(section.folded, fold(word), 12, 6, 1);
  };

  const search = (words) => {
    const phrase = words.map(fold).join(" ");
    const pages = new Map();
    for (const section of sections()) {
      if (!pages.has(section.url)) pages.set(section.url, { score: 0, words: new Set(), best: null, bestScore: 0 });
      const page = pages.get(section.url);
      let score = 0;
      for (const word of words) {
        const own = scoreOf(section, word);
        if (own) page.words.add(word);
        score += own;
      }
      if (words.length > 1 && section.folded.some((text) => text.includes(phrase))) score += 50;
      page.score += score;
      if (score > page.bestScore) { page.best = section; page.bestScore = score; }
    }
    const wanted = new Set(words).size;
    return [...pages.values()].filter((page) => page.words.size === wanted).sort((a, b) => b.score - a.score);
  };

  const remember = (query) => { try { sessionStorage.setItem("guide-found", query); } catch { /* storage is off: no marks */ } };

  const resultItem = (section, query, words) => {
    const link = document.createElement("a");
    link.href = section.url + (section.anchor ? `#${section.anchor}` : "");
    appendMarked(link, section.first ? section.page : `${section.page} › ${section.heading}`, words);
    link.addEventListener("click", () => remember(query));
    const [first] = ranges(section.text, words);
    const from = Math.max(0, (first ? first[0] : 0) - AROUND);
    const to = from + 3 * AROUND;
    const excerpt = document.createElement("p");
    appendMarked(excerpt, (from ? "…" : "") + section.text.slice(from, to) + (to < section.text.length ? "…" : ""), words);
    const item = document.createElement("li");
    item.append(link, excerpt);
    return item;
  };

  const results = document.getElementById("search-results");
  const show = () => {
    const query = new URLSearchParams(location.hash.slice(1)).get("q")?.trim() || "";
    document.querySelectorAll("input[name=q]").forEach((input) => { input.value = query; });
    results.textContent = "";
    const words = wordsOf(query);
    if (!words.length) return;
    const found = search(words);
    const count = document.createElement("p");
    count.setAttribute("role", "status");
    count.textContent = found.length ? results.dataset.found.replace("%s", found.length) : results.dataset.none;
    const list = document.createElement("ol");
    list.append(...found.slice(0, MAX_RESULTS).map((page) => resultItem(page.best, query, words)));
    results.append(count, list);
  };

  for (const form of document.querySelectorAll("form[role=search]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const hash = new URLSearchParams({ q: form.elements.q.value });
      location.href = `${form.getAttribute("action").replace(/#$/, "")}#${hash}`;
    });
  }
  if (results) {
    addEventListener("hashchange", show);
    show();
    return;
  }

  // Mark what was searched for on the page the reader came to.
  let query = null;
  try { query = sessionStorage.getItem("guide-found"); sessionStorage.removeItem("guide-found"); } catch { /* as above */ }
  if (!query) return;
  const words = wordsOf(query);
  const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    if (text.parentElement.closest("script, style, button, .headerlink") || !ranges(text.data, words).length) continue;
    const marked = document.createElement("span");
    appendMarked(marked, text.data, words);
    text.replaceWith(marked);
  }
})();
