using System.Net;

namespace Sidecar.Setup;

/// <summary>Addresses on which tokens travel so that whoever is on the way can read and use them.</summary>
internal static class PlainAddress
{
    /// <summary>It is http:// and not on this machine.</summary>
    public static bool Is(Uri address) =>
        address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback && !IsLoopback(address);

    /// <summary>What that means for the sidecar's own address.</summary>
    public const string PublicMeans =
        "the tokens of commands and what buttons carry travel in the clear between Mattermost and the sidecar, and are valid for whoever reads them on the way";

    /// <summary>How that is mended.</summary>
    public const string PublicRemedy =
        "Serve HTTPS: run --urls https://… --certificate <file>, or a proxy with a certificate in front; then install --public-url https://…. In a network that only these two share it may stay.";

    /// <summary>What it means for Mattermost's address.</summary>
    public const string MattermostMeans =
        "the bot's token travels in the clear from the sidecar to Mattermost, and is valid for whoever reads it on the way";

    /// <summary>How that is mended.</summary>
    public const string MattermostRemedy =
        "Give Mattermost's https:// address to install with --url. In a network that only these two share it may stay.";

    private static bool IsLoopback(Uri address) =>
        IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip);
}
