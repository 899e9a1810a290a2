using System.Text.RegularExpressions;
using Sidecar.Ids;
using Sidecar.Text;

namespace Sidecar.Interactions;

/// <summary>A link to a message, as people copy it from the message's menu.</summary>
/// <param name="Server">What stands before the team: the address under which that person uses the server.</param>
/// <param name="Post">The message.</param>
public sealed partial record Permalink(Uri Server, PostId Post)
{
    private const int Longest = 2000;

    /// <summary>Reads a link as typed: bare, in angle brackets, or as Markdown with a text of its own.</summary>
    /// <returns>Null when it is none.</returns>
    public static Permalink? Read(string typed)
    {
        if (typed.Length > Longest)
        {
            return null;
        }

        var match = Written().Match(WebLink.Bare(typed));
        return
            match.Success
            && Uri.TryCreate(match.Groups["server"].Value, UriKind.Absolute, out var server)
            && server.UserInfo.Length == 0
            ? new Permalink(server, new PostId(match.Groups["post"].Value))
            : null;
    }

    /// <summary>
    /// Whether it leads to a server: the same host and port, the same path before the team. People may come over plain
    /// HTTP as well.
    /// </summary>
    public bool IsOn(Uri server) =>
        string.Equals(Server.IdnHost, server.IdnHost, StringComparison.OrdinalIgnoreCase)
        && (Server.Port == server.Port || (Server.IsDefaultPort && server.IsDefaultPort))
        && Server.AbsolutePath.TrimEnd('/') == server.AbsolutePath.TrimEnd('/');

    // A team is never called pl; _redirect stands for whichever team the reader is in.
    [GeneratedRegex(
        @"^(?<server>https?://[^\s/?#]+(/[^\s?#]+?)?)/[^\s/?#]+/pl/(?<post>[a-z0-9]{26})/?([?#]\S*)?[.,;:!?)]*$",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Written();
}
