// The stream of alerts: the browser comes back by itself and says where it was; what it knows already is dropped.

const SILENCE = 35_000; // ms; the board gives a sign of life every ten seconds
const AGAIN = 5_000; // ms until the next try where the browser has given up

/** Follow the board: `onAlerts(cards)`, `onState({name, n})`. */
export function follow(onAlerts, onState) {
  let source, silence;

  function heard() {
    clearTimeout(silence);
    silence = setTimeout(reopen, SILENCE);
  }

  function reopen() {
    source.close();
    onState({ name: "lost" });
    open();
  }

  function open() {
    source = new EventSource("alerts");
    heard();
    source.addEventListener("alerts", (event) => {
      heard();
      onAlerts(JSON.parse(event.data));
    });
    source.addEventListener("state", (event) => {
      heard();
      const { away, behind } = JSON.parse(event.data);
      onState(away ? { name: "away" } : behind ? { name: "behind", n: behind } : { name: "live" });
    });
    source.addEventListener("error", () => {
      onState({ name: "lost" });
      if (source.readyState === EventSource.CLOSED) {
        clearTimeout(silence);
        setTimeout(open, AGAIN);
      }
    });
  }

  open();
}
