namespace Sidecar.Chat;

/// <summary>A link that stands above a channel for all who are in it (DLG-3).</summary>
/// <param name="Title">As people see it, at most 64 characters; what is longer is cut.</param>
/// <param name="Address">Where it leads: an address of http or https.</param>
public sealed record Bookmark(string Title, string Address)
{
    /// <summary>Mattermost's id of it; empty for one that is to be made.</summary>
    public string Id { get; init; } = "";
}
