// The sidecar's power switch: kills it in the middle of whatever it does, and starts it again on the same data.

export class Sidecar {
  constructor(app) {
    this.app = app;
    this.show(app.setup.sidecar);
  }

  show(running) {
    this.app.sidebar.sidecarState(running ? "Sidecar is running" : "Sidecar is down", running ? "on" : "off");
    if (!running) this.lookAgain();
  }

  // It may come back without this page: another window restarted it, or it was still starting when this one opened.
  lookAgain() {
    clearTimeout(this.look);
    this.look = setTimeout(async () => {
      if (this.busy) return this.lookAgain();
      const setup = await fetch("/playground/setup").then((answer) => answer.json(), () => null);
      if (!this.busy) this.show(setup?.sidecar === true);
    }, 2000);
  }

  async restart() {
    if (this.busy) return;
    this.busy = true;
    this.app.sidebar.sidecarState("Sidecar is down, starting…", "off");
    try {
      const response = await fetch("/playground/sidecar/restart", { method: "POST", headers: { "X-Playground": "1" } });
      const answer = await response.json();
      if (!response.ok) throw new Error(answer.message);
      this.show(true);
      this.app.toasts.show({
        title: "The sidecar was killed and is back",
        text: `It was down for ${answer.milliseconds} ms. Press any button on any card: it goes on where it was.`,
      });
    } catch (problem) {
      this.show(false);
      this.app.problem(`The sidecar did not come back: ${problem.message}`);
    }
    this.busy = false;
  }
}
