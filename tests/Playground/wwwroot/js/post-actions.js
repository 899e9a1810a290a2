// What can be done with a post.

export class PostActions {
  constructor(app) {
    this.app = app;
  }

  get account() {
    return this.app.account;
  }

  openUser = (user) => this.app.openUser(user);

  openThread(post) {
    const root = post.root_id ? (this.account.posts.find(post.root_id) ?? post) : post;
    this.app.panel.showThread(this.account, root);
    this.app.postsChanged();
  }

  ofPlugins = (post) => this.app.plugins.postButtons(post);

  dismiss = (post) => this.account.posts.remove(post);
  pin = (post, pinned) => this.try(this.account.api.pin(post.id, pinned));
  remove = (post) => this.try(this.account.api.deletePost(post.id));

  async copyLink(post) {
    const address = `${location.origin}/${this.account.team.name}/pl/${post.id}`;
    await navigator.clipboard.writeText(address).then(
      () => this.app.toasts.show({ text: "Link copied" }),
      () => this.app.toasts.show({ text: address }),
    );
  }

  edit(post) {
    for (const list of [this.app.view?.list, this.app.panel.list]) list?.edit(post);
    this.app.postsChanged();
  }

  async saveEdit(post, message) {
    if (!message.trim()) return;
    this.edit(null);
    if (message !== post.message) await this.try(this.account.api.patchPost(post.id, { message }));
  }

  async try(call) {
    try {
      await call;
    } catch (problem) {
      this.app.problem(problem.message);
    }
  }
}
