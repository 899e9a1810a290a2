namespace Sidecar.Text;

/// <summary>Addresses of pages about a customer.</summary>
internal static class WebLink
{
    /// <summary>The longest address taken.</summary>
    public const int MaxLength = 500;

    /// <summary>Reads what was typed.</summary>
    /// <param name="typed">As typed.</param>
    /// <param name="problem">What is wrong with it, as a sentence; empty when an address is returned.</param>
    public static string? Read(string typed, out string problem)
    {
        var text = typed.Trim();
        problem =
            text.Length > MaxLength
                ? $"An address takes {MaxLength} characters; this one has {text.Length}."
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
}
