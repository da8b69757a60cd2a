// Ticks stay in this browser; the key of a box is the same in every language. A button clears them (shared phones).
(() => {
  const KEY = "guide-ticks";
  const boxes = [...document.querySelectorAll("input[data-box]")];
  if (!boxes.length) return;
  let ticked = {};
  try { ticked = JSON.parse(localStorage.getItem(KEY) || "{}"); } catch { /* storage is off: ticks last for this visit */ }
  const save = () => {
    try {
      if (Object.keys(ticked).length) localStorage.setItem(KEY, JSON.stringify(ticked));
      else localStorage.removeItem(KEY);
    } catch { /* as above */ }
  };
  for (const box of boxes) {
    box.checked = Boolean(ticked[box.dataset.box]);
    box.addEventListener("change", () => {
      if (box.checked) ticked[box.dataset.box] = 1; else delete ticked[box.dataset.box];
      save();
    });
  }
  for (const list of document.querySelectorAll(".checklist")) {
    const clear = document.createElement("button");
    clear.type = "button";
    clear.className = "clear-ticks";
    clear.textContent = document.getElementById("guide-words").dataset.clear;
    clear.addEventListener("click", () => {
      boxes.forEach((box) => { box.checked = false; });
      ticked = {};
      save();
    });
    list.append(clear);
  }
})();
