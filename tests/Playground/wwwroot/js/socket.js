// The event stream. Reconnects by itself, and says so: events missed meanwhile are gone, so whoever listens reads again.

const firstDelay = 500;
const longestDelay = 10_000;
const pingEvery = 30_000;

export class Socket {
  /**
   * @param {string} url
   * @param {() => string} token read at every connection
   * @param {{event: (message: object) => void, state: (connected: boolean, again: boolean) => void}} listener
   */
  constructor(url, token, listener) {
    this.url = url;
    this.token = token;
    this.listener = listener;
    this.delay = firstDelay;
    this.hadConnection = false;
    this.closed = false;
    this.connect();
  }

  connect() {
    this.seq = 1;
    this.socket = new WebSocket(this.url);
    this.socket.addEventListener("open", () =>
      this.send("authentication_challenge", { token: this.token() }),
    );
    this.socket.addEventListener("message", (message) => this.hear(JSON.parse(message.data)));
    this.socket.addEventListener("close", () => this.lost());
  }

  send(action, data) {
    if (this.socket.readyState === WebSocket.OPEN) {
      this.socket.send(JSON.stringify({ seq: this.seq++, action, data }));
    }
  }

  hear(message) {
    if (message.event === "hello") {
      this.delay = firstDelay;
      this.pinging = setInterval(() => this.send("ping", {}), pingEvery);
      this.listener.state(true, this.hadConnection);
      this.hadConnection = true;
    } else if (message.event) {
      this.listener.event(message);
    }
  }

  lost() {
    clearInterval(this.pinging);
    if (this.closed) return;
    this.listener.state(false, this.hadConnection);
    setTimeout(() => this.connect(), this.delay);
    this.delay = Math.min(this.delay * 2, longestDelay);
  }

  close() {
    this.closed = true;
    this.socket.close();
  }
}
