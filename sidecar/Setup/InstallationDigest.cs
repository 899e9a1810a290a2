using System.Security.Cryptography;
using System.Text;

namespace Sidecar.Setup;

/// <summary>
/// A short name of what set-up has written: addresses, bot and tokens. A sidecar that runs tells it, and the doctor sees
/// whether it is the one that is set up now. Of the secrets it tells nothing.
/// </summary>
internal static class InstallationDigest
{
    private const int Length = 16;

    public static string Of(Secrets secrets)
    {
        string[] parts =
        [
            secrets.MattermostUrl.AbsoluteUri,
            secrets.PublicUrl.AbsoluteUri,
            secrets.Bot.UserId,
            secrets.Bot.Token.Reveal(),
            .. secrets.CommandTokens.Select(t => t.Reveal()).Order(StringComparer.Ordinal),
            "",
            .. secrets.TriggerTokens.Select(t => t.Reveal()).Order(StringComparer.Ordinal),
        ];
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts)));
        return Convert.ToHexStringLower(hash)[..Length];
    }
}
