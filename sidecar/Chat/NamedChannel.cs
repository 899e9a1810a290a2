using Sidecar.Ids;
using Sidecar.Text;

namespace Sidecar.Chat;

/// <summary>A channel as somebody named it.</summary>
/// <param name="Id">Which.</param>
/// <param name="Name">Its name in links, without the tilde.</param>
public readonly record struct NamedChannel(ChannelId Id, string Name) : IWritten
{
    /// <summary>As Mattermost makes a link of it: <c>~name</c>.</summary>
    public override string ToString() => "~" + Name;
}
