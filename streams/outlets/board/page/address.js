// What is looked at stands in the address, so that a view can be shared and Back goes back.

const NAMES = ["q", "country", "measure", "kind", "situation", "lang"];

/** The view that the address names: a string for each name, empty where it says nothing. */
export function view() {
  const said = new URLSearchParams(location.search);
  return Object.fromEntries(NAMES.map((name) => [name, (said.get(name) ?? "").slice(0, 100)]));
}

/** The address of the present view with changes. */
export function address(changes) {
  const said = Object.entries({ ...view(), ...changes }).filter(([, value]) => value);
  return said.length ? `?${new URLSearchParams(said)}` : "./";
}

/** Change the view; `quietly` leaves no step for Back (typing in the search field). */
export function go(changes, quietly = false) {
  history[quietly ? "replaceState" : "pushState"](null, "", address(changes));
  dispatchEvent(new Event("view"));
}

/** Call back after every change of the view, whoever made it. */
export function onView(changed) {
  addEventListener("view", changed);
  addEventListener("popstate", changed);
}
