// Mattermost's REST API v4, as far as a chat client needs it. Sessions travel in the Authorization header and never in
// cookies, so that three accounts can be logged in side by side on one origin.

export class ApiError extends Error {
  constructor(status, body) {
    super(body?.message || (status ? `The server answered ${status}.` : "The server can't be reached."));
    this.status = status;
    this.id = body?.id ?? "";
  }
}

export class Api {
  constructor(server) {
    this.server = server;
    this.token = null;
  }

  get socketUrl() {
    const url = new URL(`${this.server}/api/v4/websocket`, location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    return url.href;
  }

  async request(method, path, body) {
    const response = await this.fetch(method, path, body);
    const text = await response.text();
    const parsed = parse(text);
    if (!response.ok) throw new ApiError(response.status, parsed ?? { message: text.slice(0, 200) });
    return { body: parsed, headers: response.headers };
  }

  async fetch(method, path, body) {
    const headers = {};
    if (this.token) headers.Authorization = `Bearer ${this.token}`;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    try {
      return await fetch(`${this.server}${path.startsWith("/_") ? "" : "/api/v4"}${path}`, {
        method,
        headers,
        credentials: "omit",
        cache: "no-store",
        body: body === undefined ? undefined : JSON.stringify(body),
      });
    } catch {
      throw new ApiError(0, null);
    }
  }

  get = async (path) => (await this.request("GET", path)).body;
  post = async (path, body) => (await this.request("POST", path, body)).body;
  put = async (path, body) => (await this.request("PUT", path, body)).body;
  delete = async (path) => (await this.request("DELETE", path)).body;

  async login(loginId, password) {
    const { body, headers } = await this.request("POST", "/users/login", { login_id: loginId, password });
    this.token = headers.get("Token");
    return body;
  }

  teams = () => this.get("/users/me/teams");
  channels = (team) => this.get(`/users/me/teams/${team}/channels`);
  memberships = (team) => this.get(`/users/me/teams/${team}/channels/members`);
  channel = (id) => this.get(`/channels/${id}`);
  channelByName = (team, name) => this.get(`/teams/${team}/channels/name/${encodeURIComponent(name)}`);
  joinChannel = (id, user) => this.post(`/channels/${id}/members`, { user_id: user });
  directChannel = (one, other) => this.post("/channels/direct", [one, other]);
  view = (channel, previous) =>
    this.post("/channels/members/me/view", { channel_id: channel, prev_channel_id: previous ?? "" });

  users = (ids) => this.post("/users/ids", ids);
  teamUsers = (team) => this.get(`/users?in_team=${team}&per_page=200`);
  completeUsers = (name) => this.get(`/users/autocomplete?name=${encodeURIComponent(name)}&limit=25`);
  completeChannels = (team, name) =>
    this.get(`/teams/${team}/channels/autocomplete?name=${encodeURIComponent(name)}`);
  patchMe = (patch) => this.put("/users/me/patch", patch);

  posts = (channel, collapsed) => this.get(`/channels/${channel}/posts?page=0&per_page=60&collapsedThreads=${collapsed}`);
  postsBefore = (channel, post, collapsed) => this.get(`/channels/${channel}/posts?before=${post}&page=0&per_page=60&collapsedThreads=${collapsed}`);
  postsSince = (channel, since) => this.get(`/channels/${channel}/posts?since=${since}`);
  readPost = (id) => this.get(`/posts/${id}`);
  thread = (id) => this.get(`/posts/${id}/thread`);
  createPost = (post) => this.post("/posts", post);
  patchPost = (id, patch) => this.put(`/posts/${id}/patch`, patch);
  deletePost = (id) => this.delete(`/posts/${id}`);
  pin = (id, pinned) => this.post(`/posts/${id}/${pinned ? "pin" : "unpin"}`);
  react = (user, post, emoji) => this.post("/reactions", { user_id: user, post_id: post, emoji_name: emoji });
  unreact = (post, emoji) => this.delete(`/users/me/posts/${post}/reactions/${emoji}`);
  doAction = (post, action, body) => this.post(`/posts/${post}/actions/${encodeURIComponent(action)}`, body);

  commands = (team) => this.get(`/teams/${team}/commands/autocomplete`);
  execute = (body) => this.post("/commands/execute", body);
  // Not Mattermost's: the stand-in is asked what its client would show and send.
  openForm = (trigger_id) => this.post("/_client/forms", { trigger_id });
  form = (id, what, body) => this.post(`/_client/forms/${id}/${what}`, body);

  async fileBlob(id, preview) {
    const response = await this.fetch("GET", `/files/${id}${preview ? "/preview" : ""}`);
    if (!response.ok) throw new ApiError(response.status, null);
    return response.blob();
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
