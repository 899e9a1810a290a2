using System.Text.RegularExpressions;

namespace Campaigns;

/// <summary>What the product's answers mean to whoever reads them.</summary>
internal static partial class Answers
{
    /// <summary>It says that it was not done.</summary>
    public static bool Refuses(string text) => No().IsMatch(text);

    [GeneratedRegex(
        "was first|did not work|didn’t work|can’t|cannot|could not|not possible|already|not answer|try again|may not|nothing was|not saved|no space",
        RegexOptions.IgnoreCase,
        1000
    )]
    private static partial Regex No();
}
