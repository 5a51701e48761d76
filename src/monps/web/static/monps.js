/* What scripts add to pages that work without: shorter addresses for typed prices, a filter for long
   tables, news of running jobs. Nothing here decides anything. */
"use strict";

// Fields left empty say nothing: leave them out of the address.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "get") return;
  for (const field of form.querySelectorAll("input")) {
    if (field.value === "" && field.type !== "hidden") field.disabled = true;
  }
  setTimeout(() => form.querySelectorAll("input:disabled").forEach((field) => (field.disabled = false)), 500);
});

// A select that chooses what a page shows needs no button.
for (const choice of document.querySelectorAll("select[data-submits]")) {
  choice.addEventListener("change", () => choice.form.requestSubmit());
}

// A box that narrows a long list of rows to those with its words in them.
for (const box of document.querySelectorAll("input[data-filters]")) {
  const rows = document.querySelectorAll(box.dataset.filters);
  box.closest("[hidden]")?.removeAttribute("hidden");
  box.addEventListener("input", () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
    }
    for (const section of document.querySelectorAll("[data-section]")) {
      const some = section.querySelector("tbody tr:not([hidden])");
      section.hidden = !some;
      if (words.length && some) section.open = true;
    }
  });
}

// While jobs run, ask for the same page again and replace the part that reports on them.
const news = document.querySelector("[data-polls]");
if (news) {
  document.querySelector('meta[http-equiv="refresh"]')?.remove();
  const ask = async () => {
    const answer = await fetch(location.href, { headers: { "x-requested-with": "monps" } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-polls]");
    const shown = document.querySelector("[data-polls]");
    if (!fresh) return location.reload();
    shown.replaceWith(fresh);
    setTimeout(ask, 1000);
  };
  setTimeout(ask, 1000);
}
