// The quick exit: cover the page at once, then replace it, so that "back" does not return here. Shift three times does the same.
(() => {
  const link = document.querySelector(".quick-exit");
  if (!link) return;
  const leave = (event) => {
    event?.preventDefault();
    document.documentElement.classList.add("leaving");
    try { sessionStorage.clear(); } catch { /* storage is off */ }
    location.replace(link.dataset.exit);
  };
  link.addEventListener("click", leave);
  let presses = [];
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift") { presses = []; return; }
    const now = Date.now();
    presses = [...presses.filter((time) => now - time < 5000), now];
    if (presses.length >= 3) leave();
  });
})();
