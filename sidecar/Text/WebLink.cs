using System.Text.RegularExpressions;

namespace Sidecar.Text;

/// <summary>Addresses of pages about a customer.</summary>
internal static partial class WebLink
{
    /// <summary>The longest address taken.</summary>
    public const int MaxLength = 500;

    /// <summary>Reads what was typed.</summary>
    /// <param name="typed">As typed.</param>
    /// <param name="problem">What is wrong with it, as a sentence; empty when an address is returned.</param>
    public static string? Read(string typed, out string problem)
    {
        var text = Bare(typed);
        problem =
            !TextLength.Fits(text, MaxLength)
                ? $"An address takes {MaxLength} characters; this one has {TextLength.Told(text, MaxLength)}."
            : text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or '"')
            || !Uri.TryCreate(text, UriKind.Absolute, out var address)
            || address.Scheme is not ("http" or "https")
            || address.Host.Length == 0
                ? $"“{text}” is not the address of a page: it begins with https:// or http:// and holds no spaces."
            : address.UserInfo.Length > 0
                ? "An address must not hold a user name or password: everybody who reads it here could use them."
            : "";
        return problem.Length == 0 ? text : null;
    }

    /// <summary>
    /// The address in what people paste: without the marks of a sentence behind it, the brackets around it, and those that
    /// make it a link with another text.
    /// </summary>
    public static string Bare(string typed)
    {
        var text = UnseenMarks.Without(typed).Trim();
        if (text.Length > 4 * MaxLength)
        {
            return text;
        }

        if (MarkdownLink().Match(text) is { Success: true } link)
        {
            text = link.Groups["to"].Value;
        }

        text = text.TrimStart('<', '(', '[', '"', '\'', '“', '„', '«', '`', '*').Split('|')[0];
        while (text.Length > 0 && IsBehind(text))
        {
            text = text[..^1];
        }

        return text;
    }

    // An address may end with a bracket that it has opened itself.
    private static bool IsBehind(string text) =>
        text[^1] switch
        {
            ')' => text.Count(c => c == ')') > text.Count(c => c == '('),
            ']' => text.Count(c => c == ']') > text.Count(c => c == '['),
            '.' or ',' or ';' or ':' or '!' or '?' or '…' => true,
            '>' or '"' or '\'' or '”' or '“' or '’' or '»' or '`' or '*' => true,
            '。' or '、' or '，' => true,
            _ => false,
        };

    [GeneratedRegex(
        @"^\[[^\]]*\]\((?<to>[^\s]+)\)[.,;:!?]*$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex MarkdownLink();
}
