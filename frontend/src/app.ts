// What a page does beyond HTML: answers forms and sorts in place, and opens the map when it is wanted.
// Everything here is an addition; each page reads and works without it.

/** Load htmx once the page is quiet, and only on pages that have a form or a table head to answer in place. */
function answerInPlace(): void {
  if (document.querySelector("[data-hx-get], [data-hx-boost]") === null) return;
  const load = (): void => void import("./htmx");
  if ("requestIdleCallback" in window) window.requestIdleCallback(load, { timeout: 2000 });
  else setTimeout(load, 300);
}

/** Say after a change in place what the page now shows, for readers who do not see it. */
function announceChanges(): void {
  const status = document.getElementById("status");
  document.body.addEventListener("htmx:after:swap", () => {
    offerMaps();
    if (status) status.textContent = document.querySelector("[data-announce]")?.textContent?.trim() ?? "";
  });
}

/** Put a button below each drawn map that opens one to move and zoom in. */
function offerMaps(): void {
  for (const holder of document.querySelectorAll<HTMLElement>("[data-map]:not([data-ready])")) {
    holder.dataset["ready"] = "";
    const tools = holder.querySelector<HTMLElement>(".map-tools");
    if (tools === null) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "usa-button quiet";
    button.textContent = holder.dataset["open"] ?? "";
    button.addEventListener("click", () => void openMap(holder, button), { once: true });
    tools.prepend(button);
  }
}

async function openMap(holder: HTMLElement, button: HTMLButtonElement): Promise<void> {
  button.disabled = true;
  button.setAttribute("aria-busy", "true");
  try {
    const { showMap } = await import("./map");
    await showMap(holder);
    button.remove();
  } catch {
    button.textContent = holder.dataset["failed"] ?? "";
  }
}

answerInPlace();
announceChanges();
offerMaps();
