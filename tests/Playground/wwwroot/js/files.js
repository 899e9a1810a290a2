// Files of a post: pictures are shown, the rest can be saved. They are fetched with the session, as links could not be.

import { h, icon } from "./dom.js";

export function files(account, post) {
  const infos = post.metadata?.files ?? [];
  if (infos.length === 0) return null;
  return h("div", { class: "files" }, infos.map((info) => (isPicture(info) ? picture(account, info) : download(account, info))));
}

const isPicture = (info) => /^image\/(png|jpeg|gif|webp)/.test(info.mime_type ?? "");

function picture(account, info) {
  const image = h("img", { alt: info.name, width: info.width || null, height: info.height || null });
  account.api
    .fileBlob(info.id)
    .then((blob) => (image.src = URL.createObjectURL(blob)))
    .catch(() => image.replaceWith(h("span", { class: "soft" }, `${info.name} can't be shown`)));
  image.addEventListener("load", () => URL.revokeObjectURL(image.src));
  return h("figure", {}, image, h("figcaption", {}, download(account, info)));
}

function download(account, info) {
  const save = async () => {
    const url = URL.createObjectURL(await account.api.fileBlob(info.id));
    h("a", { href: url, download: info.name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };
  return h("button", { type: "button", class: "file", onclick: save }, [
    icon("file"),
    h("span", {}, info.name),
    h("span", { class: "soft" }, size(info.size)),
  ]);
}

const size = (bytes) => (bytes < 1024 ? `${bytes} B` : bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1048576).toFixed(1)} MB`);
