// Puts each part that the class sends in the place of the one with the same id.
const gone = document.getElementById("gone");
const events = new EventSource(document.currentScript.dataset.events);
const shape = document.createElement("template");
events.onopen = () => { gone.hidden = true; };
events.onerror = () => { gone.hidden = false; };
events.addEventListener("part", event => {
  const end = event.data.indexOf(" ");
  const id = event.data.slice(0, end);
  shape.innerHTML = event.data.slice(end + 1);
  const fresh = shape.content.firstElementChild;
  const old = document.getElementById(id);
  if (!old) {
    document.getElementById("learners")?.append(fresh);
    return;
  }
  if (old.isEqualNode(fresh)) return;
  const active = old.contains(document.activeElement) ? document.activeElement : null;
  const [attribute, target] = active?.form ? ["action", active.form.getAttribute("action")] : ["href", active?.getAttribute("href")];
  old.replaceWith(fresh);
  if (!target) return;
  const same = fresh.querySelector(`[${attribute}="${CSS.escape(target)}"]`);
  (same?.querySelector("button") ?? same)?.focus();
});
// More was missed than is sent again.
events.addEventListener("anew", () => location.reload());
