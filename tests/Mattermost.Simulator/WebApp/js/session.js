// Somebody who is logged in as browsers are: by cookies, with the CSRF token that state-changing requests must repeat.

export class Session {
  async login(username, password) {
    this.me = await this.request("/api/v4/users/login", { login_id: username, password });
  }

  async request(path, body) {
    const response = await fetch(path, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        "X-Requested-With": "XMLHttpRequest",
        "X-CSRF-Token": cookie("MMCSRF"),
        ...(body !== undefined && { "Content-Type": "application/json" }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.message);
    return answer;
  }

  /** Listens, and comes back when the line is cut; what happened meanwhile was not told. */
  listen(heard, returned) {
    const url = new URL("/api/v4/websocket", location.href);
    url.protocol = url.protocol.replace("http", "ws");
    let wasHere = false;
    const connect = () => {
      const socket = new WebSocket(url);
      socket.addEventListener("message", ({ data }) => {
        const message = JSON.parse(data);
        if (message.event === "hello") {
          document.body.dataset.line = "on";
          if (wasHere) returned();
          wasHere = true;
        }
        if (message.event) heard(message);
      });
      socket.addEventListener("close", () => {
        document.body.dataset.line = "off";
        setTimeout(connect, 200);
      });
    };
    connect();
  }
}

const cookie = (name) =>
  document.cookie
    .split("; ")
    .find((part) => part.startsWith(`${name}=`))
    ?.slice(name.length + 1) ?? "";
