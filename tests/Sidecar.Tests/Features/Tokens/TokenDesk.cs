using System.Text.RegularExpressions;
using Shouldly;
using Sidecar.Tests.Harness;

namespace Sidecar.Tests.Features.Tokens;

/// <summary>Makes tokens as people do.</summary>
internal static partial class TokenDesk
{
    /// <summary>Somebody makes a token by command.</summary>
    /// <returns>The token itself.</returns>
    public static async Task<string> MakesToken(
        this Desk desk,
        string who,
        string words = "test write"
    )
    {
        var answer = (await desk.Types(who, $"/escalate token make {words}")).Text;
        var shown = Shown().Match(answer);
        shown.Success.ShouldBeTrue(answer);
        return shown.Value;
    }

    [GeneratedRegex("escalate_[0-9]+_[0-9a-f]{64}", RegexOptions.None, 1000)]
    public static partial Regex Shown();
}
