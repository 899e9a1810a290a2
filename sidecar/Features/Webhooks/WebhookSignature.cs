using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sidecar.Features.Webhooks;

/// <summary>Keys and signatures as Standard Webhooks describes them (https://www.standardwebhooks.com).</summary>
internal static class WebhookSignature
{
    private const string Prefix = "whsec_";
    private const int KeyLength = 32;

    /// <summary>A key that nobody can guess.</summary>
    public static string FreshKey() =>
        Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyLength));

    /// <summary>What <c>webhook-signature</c> says: one signature for each key.</summary>
    public static string Of(string id, DateTimeOffset at, string payload, IEnumerable<string> keys)
    {
        var signed = Encoding.UTF8.GetBytes($"{id}.{Seconds(at)}.{payload}");
        return string.Join(
            ' ',
            keys.Select(key =>
                "v1,"
                + Convert.ToBase64String(
                    HMACSHA256.HashData(Convert.FromBase64String(key[Prefix.Length..]), signed)
                )
            )
        );
    }

    /// <summary>What <c>webhook-timestamp</c> says.</summary>
    public static string Seconds(DateTimeOffset at) =>
        at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
