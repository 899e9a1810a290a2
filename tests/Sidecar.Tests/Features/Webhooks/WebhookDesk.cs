using System.Text.RegularExpressions;
using Shouldly;
using Sidecar.Tests.Harness;

namespace Sidecar.Tests.Features.Webhooks;

/// <summary>The product, and systems that it tells what happens.</summary>
internal static partial class WebhookDesk
{
    /// <summary>This machine may be told, and over plain HTTP: receivers of tests have no other address.</summary>
    public const string Near = """
        { "webhooks": { "allowHttp": true, "allowedNetworks": ["127.0.0.0/8"] } }
        """;

    public static Task<Desk> Open(DateTimeOffset? at = null) => Desk.Open(settings: Near, at: at);

    /// <summary>The administrator sets one up.</summary>
    /// <returns>Its key.</returns>
    public static async Task<string> Adds(this Desk desk, HookReceiver to, string facts = "all")
    {
        var said = await desk.Types(Desk.Admin, $"/escalate webhook add {to.Address} {facts}");
        return KeyIn(said.Text);
    }

    public static string KeyIn(string said)
    {
        var key = Shown().Match(said);
        key.Success.ShouldBeTrue(said);
        return key.Value;
    }

    [GeneratedRegex("whsec_[A-Za-z0-9+/=]+", RegexOptions.None, 1000)]
    private static partial Regex Shown();
}
