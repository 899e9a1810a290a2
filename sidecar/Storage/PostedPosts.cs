namespace Sidecar.Storage;

/// <summary>The documents that tell where named posts stand, filed under their names.</summary>
internal static class PostedPosts
{
    public static DocumentKind<PostedAt> Kind { get; } = new("post", StorageJson.Default.PostedAt);
}
