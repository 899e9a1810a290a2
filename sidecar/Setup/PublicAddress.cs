namespace Sidecar.Setup;

/// <summary>The sidecar's own address, as Mattermost calls it.</summary>
internal static class PublicAddress
{
    /// <summary>Where <c>run</c> listens when nobody says where; the examples of <c>install</c> agree with it.</summary>
    public const string DefaultUrls = "http://127.0.0.1:8085";

    private const string PluginsPath = "/plugins";

    /// <summary>A route below it.</summary>
    public static string Of(Uri publicUrl, string route) =>
        publicUrl.AbsoluteUri.TrimEnd('/') + route;

    /// <summary>What is wrong with it, or null.</summary>
    /// <param name="url">The address.</param>
    /// <param name="mattermost">Mattermost's address: below its /plugins it would send us the user's session.</param>
    public static string? Flaw(Uri url, Uri mattermost)
    {
        if (url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            return $"--public-url must be scheme, host, port and path alone; {url.GetLeftPart(UriPartial.Path)} would do.";
        }

        var path = url.AbsolutePath;
        var below = mattermost.AbsolutePath.TrimEnd('/');
        return
            path.StartsWith(PluginsPath, StringComparison.OrdinalIgnoreCase)
            || (
                below.Length > 0
                && path.StartsWith(below + PluginsPath, StringComparison.OrdinalIgnoreCase)
            )
            ? $"--public-url must not lie below {PluginsPath}: Mattermost sends the session tokens of its users to such addresses."
            : null;
    }
}
